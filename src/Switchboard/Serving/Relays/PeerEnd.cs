using System.Threading.Channels;
using Switchboard.Connections;

namespace Switchboard.Serving.Relays;

/// <summary>
/// One of many addresses that send to a socket. What came from it waits here, as much as the limit allows, so that
/// nobody waits for whoever is slower.
/// </summary>
internal sealed class PeerEnd : IDatagramEnd
{
    private const int MaxWaitingBytes = 256 * 1024;
    private const int MaxWaitingDatagrams = 1024;

    private readonly DatagramSocket _socket;
    private readonly DatagramAddress _address;
    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(MaxWaitingDatagrams) { SingleReader = true, SingleWriter = true });

    private byte[]? _lent;
    private int _waitingBytes;
    private long _sent;
    private volatile bool _takesNoMore;

    /// <param name="socket">Through which it is answered.</param>
    /// <param name="address">Who it is.</param>
    public PeerEnd(DatagramSocket socket, DatagramAddress address)
    {
        _socket = socket;
        _address = address;
        Remote = address.ToEndpoint();
    }

    public UdpEndpoint Remote { get; }

    Endpoint IDatagramEnd.Remote => Remote;

    /// <summary>How many were sent to it.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Takes what came from it, unless too much waits already.</summary>
    /// <param name="datagram">Copied.</param>
    public bool TryTake(ReadOnlySpan<byte> datagram)
    {
        if (Interlocked.Add(ref _waitingBytes, datagram.Length) > MaxWaitingBytes)
        {
            Interlocked.Add(ref _waitingBytes, -datagram.Length);
            return false;
        }

        var buffer = BufferPool.Rent(datagram.Length);
        datagram.CopyTo(buffer);
        if (_waiting.Writer.TryWrite(new Waiting(buffer, datagram.Length)))
        {
            return true;
        }

        Release(new Waiting(buffer, datagram.Length));
        return false;
    }

    /// <summary>Whether whatever comes now is too late.</summary>
    public bool TakesNoMore => _takesNoMore;

    /// <summary>Takes no more; what waits can still be received.</summary>
    public void TakeNoMore()
    {
        _takesNoMore = true;
        _waiting.Writer.TryComplete();
    }

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken)
    {
        TakeBack();
        while (await _waiting.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_waiting.Reader.TryRead(out var next))
            {
                _lent = next.Buffer;
                Interlocked.Add(ref _waitingBytes, -next.Length);
                return next.Buffer.AsMemory(0, next.Length);
            }
        }

        return null;
    }

    public async ValueTask<Refusal?> SendAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken)
    {
        try
        {
            await _socket.SendToAsync(datagram, _address, cancellationToken).ConfigureAwait(false);
            Interlocked.Increment(ref _sent);
            return null;
        }
        catch (DatagramTooLargeException error)
        {
            return new Refusal(RelayDropReason.TooLarge, error.Message);
        }
        catch (Exception error) when (error is not ObjectDisposedException
            && error is ConnectionException or InvalidOperationException or ArgumentException)
        {
            // An address can be forged, and be one that nothing can be sent to.
            return new Refusal(RelayDropReason.Unsent, error.Message);
        }
    }

    public ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        TakeNoMore();
        return default;
    }

    /// <summary>Gives all buffers back, when nobody receives any more.</summary>
    /// <returns>The lengths of the datagrams that still waited.</returns>
    public IReadOnlyList<int> Release()
    {
        TakeNoMore();
        TakeBack();
        var lengths = new List<int>();
        while (_waiting.Reader.TryRead(out var lost))
        {
            lengths.Add(lost.Length);
            Release(lost);
        }

        return lengths;
    }

    private void Release(Waiting datagram)
    {
        Interlocked.Add(ref _waitingBytes, -datagram.Length);
        BufferPool.Return(datagram.Buffer);
    }

    private void TakeBack()
    {
        if (_lent is not null)
        {
            BufferPool.Return(_lent);
            _lent = null;
        }
    }

    private readonly record struct Waiting(byte[] Buffer, int Length);
}
