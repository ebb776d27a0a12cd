using System.Collections.Concurrent;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports.Tls;

/// <summary>A listener with TLS, and what became of the handshakes that failed.</summary>
internal sealed class TlsTrial : IAsyncDisposable
{
    private TlsTrial(Listener listener, ConcurrentQueue<ConnectionException> failures)
    {
        Listener = listener;
        Failures = failures;
    }

    public Listener Listener { get; }

    public ConcurrentQueue<ConnectionException> Failures { get; }

    public int Port => ((TlsEndpoint)Listener.Local).Port;

    public static async Task<TlsTrial> StartAsync(TlsListenOptions options, ConnectionOptions? connection = null)
    {
        var failures = new ConcurrentQueue<ConnectionException>();
        var listener = await Listener.BindAsync("tls://127.0.0.1:0", new ListenOptions
        {
            Tls = options with { HandshakeFailed = failures.Enqueue },
            Connection = connection ?? Untimed.Connection,
        });
        return new TlsTrial(listener, failures);
    }

    public Task<Connection> ConnectAsync(TlsConnectOptions options) =>
        Connection.ConnectAsync(Listener.Local, Untimed.Connect with { Tls = options }).Soon();

    public async Task<(Connection Client, Connection Server)> ConnectBothAsync(TlsConnectOptions options)
    {
        var connecting = ConnectAsync(options);
        var server = await Listener.AcceptAsync().Soon();
        return (await connecting, server);
    }

    public async Task<ConnectionException> FailureAsync()
    {
        await Waiting.UntilAsync(() => !Failures.IsEmpty);
        return Failures.First();
    }

    public ValueTask DisposeAsync() => Listener.DisposeAsync();
}
