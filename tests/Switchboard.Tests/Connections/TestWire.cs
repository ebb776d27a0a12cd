using System.Collections.Concurrent;

namespace Switchboard.Tests.Connections;

/// <summary>A wire in memory that a test can hold up, break, and look into.</summary>
internal sealed class TestWire(Wire inner, Endpoint? remote = null) : Wire
{
    private int _closes;
    private int _aborts;
    private int _receivesRunning;

    public override Endpoint Local => inner.Local;

    public override Endpoint Remote => remote ?? inner.Remote;

    /// <summary>What was sent, in the pieces in which it was handed over.</summary>
    public ConcurrentQueue<byte[]> Sent { get; } = [];

    /// <summary>Sends wait for it, as for a peer that takes nothing.</summary>
    public TaskCompletionSource? SendGate { get; set; }

    public Exception? SendError { get; set; }

    public Exception? ReceiveError { get; set; }

    public Exception? CompleteError { get; set; }

    /// <summary>The most bytes that one send takes.</summary>
    public int MaxSendBytes { get; set; } = int.MaxValue;

    public bool IsClosed => Volatile.Read(ref _closes) > 0;

    public bool IsAborted => Volatile.Read(ref _aborts) > 0;

    public bool IsReceiving => Volatile.Read(ref _receivesRunning) > 0;

    public int SendsRunning;

    public static (Connection Connection, TestWire Wire, Connection Peer) CreatePair(
        ConnectionOptions? options = null,
        Endpoint? remote = null)
    {
        var (client, server) = Switchboard.Transports.MemoryWire.CreatePair("test", "peer");
        var wire = new TestWire(client, remote);
        return (new Connection(wire, options), wire, new Connection(server, options));
    }

    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _receivesRunning);
        try
        {
            return ReceiveError is null
                ? await inner.ReceiveAsync(buffer, cancellationToken)
                : throw ReceiveError;
        }
        finally
        {
            Interlocked.Decrement(ref _receivesRunning);
        }
    }

    public override async ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref SendsRunning);
        try
        {
            if (SendGate is { } gate)
            {
                await gate.Task.WaitAsync(cancellationToken);
            }

            if (SendError is not null)
            {
                throw SendError;
            }

            var part = bytes[..Math.Min(bytes.Length, MaxSendBytes)];
            var count = await inner.SendAsync(part, cancellationToken);
            Sent.Enqueue(part[..count].ToArray());
            return count;
        }
        finally
        {
            Interlocked.Decrement(ref SendsRunning);
        }
    }

    public override ValueTask CompleteSendingAsync(CancellationToken cancellationToken) => CompleteError is null
        ? inner.CompleteSendingAsync(cancellationToken)
        : throw CompleteError;

    public override void CancelReceive() => inner.CancelReceive();

    public override void Close()
    {
        Interlocked.Increment(ref _closes);
        inner.Close();
    }

    public override void Abort()
    {
        Interlocked.Increment(ref _aborts);
        SendGate?.TrySetException(new ObjectDisposedException(nameof(TestWire)));
        inner.Abort();
    }
}
