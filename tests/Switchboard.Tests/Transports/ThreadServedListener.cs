using Switchboard.Serving.Threads;

namespace Switchboard.Tests.Transports;

/// <summary>Accepts wires as a server with a thread for each connection does, and gives each its thread.</summary>
internal sealed class ThreadServedListener(WireListener inner) : WireListener
{
    private readonly BlockingListener _blocking = new(inner);

    public override Endpoint Local => _blocking.Local;

    public override async ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken) =>
        new ThreadServedWire((BlockingWire)await _blocking.AcceptAsync(cancellationToken));

    public override void Close() => _blocking.Close();
}
