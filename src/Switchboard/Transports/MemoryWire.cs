using System.Runtime.CompilerServices;

namespace Switchboard.Transports;

/// <summary>One end of a connection in memory: it receives from one bounded pipe and sends into another.</summary>
internal sealed class MemoryWire : Wire
{
    private readonly MemoryPath _incoming;
    private readonly MemoryPath _outgoing;

    private MemoryWire(Endpoint local, Endpoint remote, MemoryPath incoming, MemoryPath outgoing)
    {
        Local = local;
        Remote = remote;
        _incoming = incoming;
        _outgoing = outgoing;
    }

    public override Endpoint Local { get; }

    public override Endpoint Remote { get; }

    public static (MemoryWire Client, MemoryWire Server) CreatePair(string client, string server)
    {
        var there = new MemoryPath();
        var back = new MemoryPath();
        var clientEnd = new MemoryEndpoint(client);
        var serverEnd = new MemoryEndpoint(server);
        return (new MemoryWire(clientEnd, serverEnd, back, there), new MemoryWire(serverEnd, clientEnd, there, back));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await _incoming.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return count ?? throw PeerGone("receive");
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var count = await _outgoing.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        return count ?? throw PeerGone("send");
    }

    public override ValueTask CompleteSendingAsync(CancellationToken cancellationToken)
    {
        _outgoing.FinishWriting(reset: false);
        return default;
    }

    public override void CancelReceive() => _incoming.CancelRead();

    public override void Close()
    {
        _outgoing.FinishWriting(reset: false);
        _incoming.FinishReading();
    }

    public override void Abort()
    {
        _outgoing.FinishWriting(reset: true);
        _incoming.FinishReading();
    }

    private ConnectionResetException PeerGone(string operation) =>
        new(operation, Local, Remote, "the peer has ended the connection");
}
