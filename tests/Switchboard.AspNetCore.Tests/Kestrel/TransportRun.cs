using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using Switchboard.AspNetCore.Kestrel;
using Switchboard.Tests.Connections;

namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>A connection as Kestrel gets it, and the client at its other end.</summary>
internal sealed class TransportRun : IAsyncDisposable
{
    private readonly IConnectionListener _listener;

    private TransportRun(IConnectionListener listener, Connection client, ConnectionContext server)
    {
        _listener = listener;
        Client = client;
        Server = server;
    }

    public Connection Client { get; }

    public ConnectionContext Server { get; }

    public ConnectionStatistics Statistics =>
        Server.Features.Get<ISwitchboardConnectionFeature>()!.Connection.GetStatistics();

    public static async Task<TransportRun> StartAsync(
        WebTransport transport,
        Func<SwitchboardTransportOptions, SwitchboardTransportOptions>? adapt = null)
    {
        var options = WebTransports.OptionsOf(transport);
        var factory = new KestrelListenerFactory(
            adapt?.Invoke(options) ?? options, new KestrelLog(NullLoggerFactory.Instance), MemoryPool<byte>.Shared);
        var listener = await factory.BindAsync(new SwitchboardEndPoint("tcp://127.0.0.1:0"));
        var accepting = listener.AcceptAsync();
        var client = await Connection.ConnectAsync(((SwitchboardEndPoint)listener.EndPoint).Endpoint).Soon();
        return new TransportRun(listener, client, (await accepting.Soon())!);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Abort();
        await Server.DisposeAsync();
        await _listener.DisposeAsync();
        await Client.DisposeAsync();
    }
}
