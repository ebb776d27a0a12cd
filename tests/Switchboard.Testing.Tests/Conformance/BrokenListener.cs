namespace Switchboard.Testing.Tests.Conformance;

/// <summary>A listener in front of a good one, which does as it does until something else is set.</summary>
internal sealed class BrokenListener(WireListener inner) : WireListener
{
    public Func<CancellationToken, ValueTask<Wire>> OnAccept { get; init; } = inner.AcceptAsync;

    public Action OnClose { get; init; } = inner.Close;

    public override Endpoint Local => inner.Local;

    public override ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken) => OnAccept(cancellationToken);

    public override void Close() => OnClose();
}
