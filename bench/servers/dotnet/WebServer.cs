using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Switchboard.AspNetCore;

namespace Switchboard.Bench.Servers;

/// <summary>One web application on Kestrel, over its own transport and over the library's.</summary>
internal static class WebServer
{
    private static readonly byte[] Hello = "Hello, World!"u8.ToArray();
    private static readonly byte[] Page = [.. Enumerable.Repeat((byte)'x', 16 * 1024)];

    public static Task<IAsyncDisposable> StartOnSocketsAsync(int port) => StartAsync(
        port, web => web.UseSockets(sockets => sockets.Backlog = SocketServer.Backlog));

    public static Task<IAsyncDisposable> StartOnSwitchboardAsync(int port) => StartAsync(
        port, web => web.UseSwitchboard(
            new SwitchboardTransportOptions { Listen = new ListenOptions { Backlog = SocketServer.Backlog } }));

    private static async Task<IAsyncDisposable> StartAsync(int port, Action<IWebHostBuilder> chooseTransport)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        chooseTransport(builder.WebHost);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var server = builder.Build();
        server.Run(AnswerAsync);
        await server.StartAsync();
        return server;
    }

    private static Task AnswerAsync(HttpContext request)
    {
        var body = request.Request.Path.Value == "/16k" ? Page : Hello;
        var response = request.Response;
        response.ContentType = "text/plain";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, 0, body.Length);
    }
}
