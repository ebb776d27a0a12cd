using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Switchboard.AspNetCore.Kestrel;
using PeerReset = Microsoft.AspNetCore.Connections.ConnectionResetException;

namespace Switchboard.AspNetCore.Handlers;

/// <summary>A connection of Kestrel's as a wire, whatever its transport and the middleware it has passed.</summary>
internal sealed class PipeWire : Wire
{
    private readonly ConnectionContext _below;
    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private volatile bool _isAborted;

    public PipeWire(ConnectionContext below)
    {
        _below = below;
        _input = below.Transport.Input;
        _output = below.Transport.Output;
        Local = Addresses.Describe(below.LocalEndPoint, below.ConnectionId);
        Remote = Addresses.Describe(below.RemoteEndPoint, below.ConnectionId);
        Tls = TlsOfKestrel.Read(below.Features);
    }

    public override Endpoint Local { get; }

    public override Endpoint Remote { get; }

    public override PeerCredentials? PeerCredentials =>
        _below.Features.Get<ISwitchboardConnectionFeature>()?.Connection.PeerCredentials;

    public override TlsDetails? Tls { get; }

    // Completing the output of Kestrel's own transport, or of its TLS, ends both ways.
    public override bool CanHalfClose => _below.Transport is KestrelConnection { Connection.CanHalfClose: true };

    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ThrowIfAborted();
        try
        {
            while (true)
            {
                var read = await _input.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (!read.Buffer.IsEmpty || read.IsCompleted || read.IsCanceled)
                {
                    return Take(read, buffer.Span);
                }

                _input.AdvanceTo(read.Buffer.End);
            }
        }
        catch (Exception error) when (error is not (OperationCanceledException or ConnectionException))
        {
            throw MeaningOf("receive", error);
        }
    }

    public override async ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ThrowIfAborted();
        FlushResult flushed;
        try
        {
            flushed = await _output.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw MeaningOf("send", error);
        }

        if (flushed.IsCompleted)
        {
            ThrowIfAborted();
            throw new ConnectionResetException("send", Local, Remote, "the peer has ended the connection");
        }

        return bytes.Length;
    }

    public override ValueTask CompleteSendingAsync(CancellationToken cancellationToken) => _output.CompleteAsync();

    public override void CancelReceive() => _input.CancelPendingRead();

    // Kestrel closes its connection when the handler has returned.
    public override void Close()
    {
    }

    public override void Abort()
    {
        _isAborted = true;
        _below.Abort(new ConnectionAbortedException("The handler aborted the connection."));
    }

    private int Take(ReadResult read, Span<byte> buffer)
    {
        var bytes = read.Buffer;
        if (read.IsCanceled)
        {
            _input.AdvanceTo(bytes.Start);
            throw new OperationCanceledException();
        }

        // Whatever is left was not looked at: the next read finds it at once.
        var count = (int)Math.Min(bytes.Length, buffer.Length);
        bytes.Slice(0, count).CopyTo(buffer);
        _input.AdvanceTo(count == bytes.Length ? bytes.End : bytes.GetPosition(count));
        return count;
    }

    private void ThrowIfAborted() => ObjectDisposedException.ThrowIf(_isAborted, this);

    private Exception MeaningOf(string operation, Exception error) => error switch
    {
        _ when _isAborted => new ObjectDisposedException(nameof(PipeWire), error),
        PeerReset => new ConnectionResetException(
            operation, Local, Remote, "the peer has ended the connection", error),
        ConnectionAbortedException => new ConnectionException(
            operation, Local, Remote, $"the web server has ended the connection: {error.Message}", error),
        ConnectionException => error,
        IOException => new ConnectionException(operation, Local, Remote, error.Message, error),
        _ => error,
    };
}
