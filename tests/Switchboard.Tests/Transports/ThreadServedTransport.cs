namespace Switchboard.Tests.Transports;

/// <summary>A transport whose accepted connections are each served by a thread of their own.</summary>
internal sealed class ThreadServedTransport(ITransport inner) : ITransport
{
    public ValueTask<Wire> ConnectAsync(
        Endpoint endpoint, ConnectOptions options, CancellationToken cancellationToken) =>
        inner.ConnectAsync(endpoint, options, cancellationToken);

    public async ValueTask<WireListener> BindAsync(
        Endpoint endpoint, ListenOptions options, CancellationToken cancellationToken) =>
        new ThreadServedListener(await inner.BindAsync(endpoint, options, cancellationToken));
}
