using Switchboard.Connections;

namespace Switchboard.Serving.Relays;

/// <summary>
/// A connected socket of datagrams. Nobody there can say that no more will come: once the other end has finished, it is
/// over when nothing has come for a while.
/// </summary>
internal sealed class SocketEnd : IDatagramEnd, IDisposable
{
    private readonly DatagramSocket _socket;
    private readonly TimeSpan _answerTimeout;
    private readonly Action<Refusal> _lost;
    private readonly CancellationTokenSource _silence;
    private readonly byte[] _buffer = BufferPool.Rent(ushort.MaxValue);
    private CancellationTokenSource? _either;
    private volatile bool _awaitsSilence;

    /// <param name="socket">The caller's, who closes it before this is disposed.</param>
    /// <param name="answerTimeout">How long answers are waited for once the other end has finished.</param>
    /// <param name="time">Times that.</param>
    /// <param name="lost">Told when the network says that something sent earlier did not arrive.</param>
    public SocketEnd(DatagramSocket socket, TimeSpan answerTimeout, TimeProvider time, Action<Refusal> lost)
    {
        _socket = socket;
        _answerTimeout = answerTimeout;
        _lost = lost;
        _silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
    }

    public Endpoint Remote => _socket.Remote!;

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken)
    {
        _either ??= CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _silence.Token);
        while (true)
        {
            try
            {
                var received = await _socket.ReceiveAsync(_buffer, _either.Token).ConfigureAwait(false);
                WaitForSilence();
                return _buffer.AsMemory(0, received.Length);
            }
            catch (ConnectionException error)
            {
                _lost(new Refusal(RelayDropReason.Unsent, error.Message));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    public async ValueTask<Refusal?> SendAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken)
    {
        try
        {
            return await TrySendAsync(datagram, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectionException error)
        {
            // Most often this is what became of an earlier one: this one is as good as that was.
            _lost(new Refusal(RelayDropReason.Unsent, error.Message));
        }

        try
        {
            return await TrySendAsync(datagram, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectionException error)
        {
            return new Refusal(RelayDropReason.Unsent, error.Message);
        }
    }

    public ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        _awaitsSilence = true;
        WaitForSilence();
        return default;
    }

    public void Dispose()
    {
        _either?.Dispose();
        _silence.Dispose();
        BufferPool.Return(_buffer);
    }

    private void WaitForSilence()
    {
        if (_awaitsSilence)
        {
            _silence.CancelAfter(_answerTimeout);
        }
    }

    private async ValueTask<Refusal?> TrySendAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken)
    {
        try
        {
            await _socket.SendAsync(datagram, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (DatagramTooLargeException error)
        {
            return new Refusal(RelayDropReason.TooLarge, error.Message);
        }
    }
}
