namespace Switchboard.Testing.Tests.Conformance;

/// <summary>Connections in memory, broken on purpose: at both ends, in one way.</summary>
internal sealed class BrokenTransport : ITransport
{
    private readonly MemoryTransport _inner = new();

    public Func<Wire, BrokenWire> Wires { get; init; } = wire => new BrokenWire(wire);

    public Func<WireListener, BrokenListener> Listeners { get; init; } = listener => new BrokenListener(listener);

    /// <summary>What to do about a name in use.</summary>
    public Func<BindException, Endpoint> OnInUse { get; init; } = error => throw error;

    /// <summary>Which token a connect obeys, given the caller's.</summary>
    public Func<CancellationToken, CancellationToken> ConnectToken { get; init; } = token => token;

    public async ValueTask<Wire> ConnectAsync(
        Endpoint endpoint,
        ConnectOptions options,
        CancellationToken cancellationToken) =>
        Wires(await _inner.ConnectAsync(endpoint, options, ConnectToken(cancellationToken)));

    public async ValueTask<WireListener> BindAsync(
        Endpoint endpoint,
        ListenOptions options,
        CancellationToken cancellationToken)
    {
        WireListener listener;
        try
        {
            listener = await _inner.BindAsync(endpoint, options, cancellationToken);
        }
        catch (BindException error)
        {
            listener = await _inner.BindAsync(OnInUse(error), options, cancellationToken);
        }

        var broken = Listeners(listener);
        return new BrokenListener(broken)
        {
            OnAccept = async token => Wires(await broken.AcceptAsync(token)),
        };
    }
}
