namespace Switchboard.Tests.Transports;

/// <summary>Accepts what comes through a relay.</summary>
/// <param name="relay">Whom peers connect to.</param>
/// <param name="target">Whom the relay connects to.</param>
internal sealed class RelayedListener(Server relay, WireListener target) : WireListener
{
    public override Endpoint Local => relay.Local;

    public override ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken) =>
        target.AcceptAsync(cancellationToken);

    public override void Close()
    {
        // Nobody new; what is relayed already goes on.
        _ = relay.StopAsync();
        target.Close();
    }
}
