using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Switchboard.Bench.Servers;

/// <summary>ASP.NET Core's server below HTTP: its transport and a connection handler.</summary>
internal static class KestrelServer
{
    public static async Task<IAsyncDisposable> StartAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSockets(sockets => sockets.Backlog = SocketServer.Backlog);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, port, endpoint => endpoint.Run(KestrelEcho.RunAsync)));
        var server = builder.Build();
        await server.StartAsync();
        return server;
    }
}
