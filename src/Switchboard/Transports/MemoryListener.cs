using System.Threading.Channels;

namespace Switchboard.Transports;

/// <summary>Accepts wires inside this process; the queue is the backlog.</summary>
internal sealed class MemoryListener(MemoryEndpoint local, int backlog, Action<MemoryListener> closed) : WireListener
{
    private readonly Channel<MemoryWire> _waiting = Channel.CreateBounded<MemoryWire>(backlog);
    private int _clients;

    public override Endpoint Local => local;

    public async ValueTask<Wire> ConnectAsync(CancellationToken cancellationToken)
    {
        var (client, server) = MemoryWire.CreatePair($"{local.Name}-{Interlocked.Increment(ref _clients)}", local.Name);
        try
        {
            await _waiting.Writer.WriteAsync(server, cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch (ChannelClosedException error)
        {
            throw new ConnectionRefusedException(
                "connect", null, local, "refused: the listener was closed", error);
        }
    }

    public override async ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _waiting.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(MemoryListener), $"The listener at {Local} was closed.");
        }
    }

    public override void Close()
    {
        closed(this);
        _waiting.Writer.TryComplete();
        while (_waiting.Reader.TryRead(out var never))
        {
            never.Abort();
        }
    }
}
