using System.Net.Sockets;
using Switchboard.Connections;

namespace Switchboard.Transports;

/// <summary>
/// A wire over two streams that need not know how to give up: bytes go through buffers of its own, and a read that
/// nobody waits for any more is left to the next receive, so that none of its bytes are lost.
/// </summary>
/// <param name="local">This end.</param>
/// <param name="remote">The other end.</param>
/// <param name="input">What is received from.</param>
/// <param name="output">What is sent to; it must not hold anything back.</param>
internal abstract class StreamWire(Endpoint local, Endpoint remote, Stream input, Stream output) : Wire
{
    // Half of what a pipe of Linux holds. After each step a watch can see that the peer takes something.
    private const int BufferBytes = 32 * 1024;

    private const int BrokenPipe = 32;
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);
    private const int WindowsPipeClosing = unchecked((int)0x800700E8);

    private readonly StopSource _receiveStop = new();
    private readonly StopSource _sendStop = new();
    private byte[]? _incoming;
    private byte[]? _outgoing;
    private ReadOnlyMemory<byte> _arrived;
    private Task<int>? _reading;
    private bool _inputEnded;
    private bool _endIsChecked;
    private int _isReleased;

    public override Endpoint Local => local;

    public override Endpoint Remote => remote;

    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            ThrowIfReleased();
            return await ReceiveUntilStoppedAsync(buffer, _receiveStop.TokenWith(cancellationToken))
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_receiveStop.IsStopped && !IsReleased)
        {
            _receiveStop.Renew();
            throw;
        }
        finally
        {
            LetGoOf(_receiveStop);
        }
    }

    public override async ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            ThrowIfReleased();
            return await SendUntilStoppedAsync(bytes, _sendStop.TokenWith(cancellationToken)).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw MeansNobodyReads(error)
                ? new ConnectionResetException("send", Local, Remote, NobodyReads, error)
                : new ConnectionException("send", Local, Remote, error.Message, error);
        }
        finally
        {
            LetGoOf(_sendStop);
        }
    }

    public override void CancelReceive() => _receiveStop.Stop();

    public override void Close() => Release(isAborted: false);

    public override void Abort() => Release(isAborted: true);

    /// <summary>What it means that nothing can be written any more.</summary>
    protected virtual string NobodyReads => "the peer has ended the connection";

    /// <summary>The input has ended; throws if that was no end in order.</summary>
    protected virtual ValueTask CheckEndAsync(CancellationToken cancellationToken) => default;

    /// <summary>Frees what is below the wire. Executed once.</summary>
    protected abstract void Release(Stream input, Stream output, bool isAborted);

    private bool IsReleased => Volatile.Read(ref _isReleased) != 0;

    private async ValueTask<int> ReceiveUntilStoppedAsync(Memory<byte> buffer, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (_arrived.IsEmpty && !_inputEnded)
        {
            await ReadAsync(stop).ConfigureAwait(false);
        }

        if (_inputEnded && !_endIsChecked)
        {
            await CheckEndAsync(stop).ConfigureAwait(false);
            _endIsChecked = true;
        }

        var count = Math.Min(_arrived.Length, buffer.Length);
        _arrived[..count].CopyTo(buffer);
        _arrived = _arrived[count..];
        return count;
    }

    private async ValueTask ReadAsync(CancellationToken stop)
    {
        _incoming ??= new byte[BufferBytes];
        var reading = _reading ??= input.ReadAsync(_incoming, CancellationToken.None).AsTask();
        try
        {
            var count = await reading.WaitAsync(stop).ConfigureAwait(false);
            _arrived = _incoming.AsMemory(0, count);
            _inputEnded = count == 0;
            _reading = null;
        }
        catch (IOException error)
        {
            _reading = null;
            throw new ConnectionException("receive", Local, Remote, error.Message, error);
        }
    }

    // A file tells by the error's number. On Unix the framework takes pipes for sockets; only their reader fails them.
    private static bool MeansNobodyReads(IOException error) =>
        error.HResult is BrokenPipe or WindowsBrokenPipe or WindowsPipeClosing
        || error.InnerException is SocketException;

    private async ValueTask<int> SendUntilStoppedAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var count = Math.Min(bytes.Length, BufferBytes);
        _outgoing ??= new byte[BufferBytes];
        bytes[..count].CopyTo(_outgoing);
        var writing = output.WriteAsync(_outgoing.AsMemory(0, count), CancellationToken.None).AsTask();
        writing.MayBeGivenUp();
        await writing.WaitAsync(stop).ConfigureAwait(false);
        return count;
    }

    private void Release(bool isAborted)
    {
        if (Interlocked.Exchange(ref _isReleased, 1) != 0)
        {
            return;
        }

        _receiveStop.Stop();
        _sendStop.Stop();
        Release(input, output, isAborted);
        _reading?.MayBeGivenUp();
        _receiveStop.Release();
        _sendStop.Release();
    }

    private void LetGoOf(StopSource stop)
    {
        if (IsReleased)
        {
            stop.Release();
        }
    }

    private void ThrowIfReleased() => ObjectDisposedException.ThrowIf(IsReleased, this);
}
