namespace Switchboard.Serving.Threads;

/// <summary>Accepts wires that block the thread which serves them.</summary>
internal sealed class BlockingListener(WireListener inner) : WireListener
{
    public override Endpoint Local => inner.Local;

    internal override bool IsShared => inner.IsShared;

    public override async ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken) =>
        new BlockingWire(await inner.AcceptAsync(cancellationToken).ConfigureAwait(false));

    public override void Close() => inner.Close();
}
