using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Switchboard.Connections;

namespace Switchboard.Transports.Tls;

/// <summary>TLS over another wire.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Close and Abort release everything.")]
internal sealed class TlsWire : Wire, IWireOwner
{
    // Two records: a bigger send shows no progress while it runs.
    private const int MaxSendBytes = 32 * 1024;

    // SslStream has OpenSSL do one thing at a time while it sends and receives, but not when it says the end, and
    // OpenSSL breaks if it is asked for two. Who receives has this, except while it waits for bytes; who says the end
    // takes it.
    private readonly SemaphoreSlim _openSsl = new(1);

    private readonly Wire _inner;
    private readonly WireStream _stream;
    private readonly SslStream _tls;
    private TlsDetails? _details;
    private volatile bool _peerFinished;
    private bool _hasReceived;

    /// <param name="inner">Owned from now on.</param>
    public TlsWire(Wire inner)
    {
        _inner = inner;
        _inner.Owner = this;
        _stream = new WireStream(inner, _openSsl);
        _tls = new SslStream(_stream, leaveInnerStreamOpen: true);
    }

    public override Endpoint Local => field ??= TlsEndpoints.Above(_inner.Local);

    public override Endpoint Remote => field ??= TlsEndpoints.Above(_inner.Remote);

    public override PeerCredentials? PeerCredentials => _inner.PeerCredentials;

    public override TlsDetails? Tls => _details;

    internal override IPAddress? RemoteAddress => _inner.RemoteAddress;

    internal override CancellationToken WatchedToken
    {
        get => _inner.WatchedToken;
        set => _inner.WatchedToken = value;
    }

    /// <summary>Shakes hands, or throws and leaves nothing behind.</summary>
    /// <param name="shake">What this end does.</param>
    /// <param name="check">Looks at the peer's certificate.</param>
    /// <exception cref="ConnectionException">It did not work.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task ShakeHandsAsync(Func<SslStream, Task> shake, PeerCheck check)
    {
        await _openSsl.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await shake(_tls).ConfigureAwait(false);
            _details = new TlsDetails(
                _tls.SslProtocol,
                _tls.NegotiatedCipherSuite,
                _tls.NegotiatedApplicationProtocol is { Protocol.IsEmpty: false } chosen ? $"{chosen}" : null,
                _tls.TargetHostName is { Length: > 0 } name && !IPAddress.TryParse(name, out _) ? name : null,
                _tls.RemoteCertificate as X509Certificate2);
        }
        catch (OperationCanceledException)
        {
            Abort();
            throw;
        }
#pragma warning disable CA1031 // Whatever a peer can bring about here is a handshake that failed.
        catch (Exception error)
#pragma warning restore CA1031
        {
            var meaning = HandshakeMeaning(error, check);
            await EndWithAlertAsync().ConfigureAwait(false);
            throw meaning;
        }
        finally
        {
            _openSsl.Release();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int count;
        await _openSsl.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            count = await _tls.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            throw Meaning(error, "receive");
        }
        finally
        {
            _openSsl.Release();
        }

        if (count == 0 && !buffer.IsEmpty)
        {
            ThrowIfTruncated();
            _peerFinished = true;
        }

        _hasReceived |= count > 0;
        return count;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var part = bytes[..Math.Min(bytes.Length, MaxSendBytes)];
        try
        {
            await _tls.WriteAsync(part, cancellationToken).ConfigureAwait(false);
            return part.Length;
        }
        catch (Exception error)
        {
            throw Meaning(error, "send");
        }
    }

    public override async ValueTask CompleteSendingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SayCloseNotifyAsync(cancellationToken).ConfigureAwait(false);
            await _inner.CompleteSendingAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            var meaning = Meaning(error, "complete sending");
            if (_peerFinished && meaning is ConnectionException)
            {
                // A peer that has said close_notify may be gone before it gets ours (RFC 8446 section 6.1).
                return;
            }

            throw meaning;
        }
    }

    public override void CancelReceive() => _inner.CancelReceive();

    public override void Close()
    {
        _inner.Close();
        _tls.Dispose();
        _stream.Release();
    }

    public override void Abort()
    {
        _inner.Abort();
        _tls.Dispose();
        _stream.Release();
    }

    public override void Post(IThreadPoolWorkItem work) => _inner.Post(work);

    internal override void NoteCancellation() => _inner.NoteCancellation();

    // What the wire below tells is about bytes of TLS; only whoever is held up is the same.
    Exception? IWireOwner.EndReceive(int count, int asked, ReadOnlyMemory<byte> into) => null;

    Exception IWireOwner.EndReceive(Exception error, CancellationToken cancellationToken) => error;

    void IWireOwner.NoteStall() => Owner?.NoteStall();

    private async ValueTask SayCloseNotifyAsync(CancellationToken cancellationToken)
    {
        Task saying;

        // What can be said at once is said, even if no time is left to wait: otherwise a close that gives its peer
        // none, or that comes late to its turn, would be a reset.
        if (!_openSsl.Wait(TimeSpan.Zero, CancellationToken.None))
        {
            await _openSsl.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            // OpenSSL has done its part when this returns: the rest is a send.
            saying = _tls.ShutdownAsync();
        }
        finally
        {
            _openSsl.Release();
        }

        await saying.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void ThrowIfTruncated()
    {
        // TLS says 0 for both ends, and has asked the wire below only where its own did not come.
        if (_stream.HasEnded)
        {
            throw Truncated("receive");
        }
    }

    private Exception HandshakeMeaning(Exception error, PeerCheck check)
    {
        if (check.Problem is { } problem)
        {
            return Failed("handshake", problem, error);
        }

        if (_stream.HasEnded)
        {
            return Failed("handshake", TlsErrors.EndedEarly, error);
        }

        return TlsErrors.FromBelow(error) ?? Failed("handshake", TlsErrors.Explain(error, _stream.Opening), error);
    }

    private Exception Meaning(Exception error, string operation) =>
        TlsErrors.FromBelow(error)
        ?? (_stream.HasEnded
            ? Truncated(operation)
            : Failed(operation, TlsErrors.Explain(error, _stream.Opening), error));

    private TlsException Failed(string operation, PeerProblem problem, Exception error) =>
        new(operation, Local, Remote, problem.Failure, problem.Sentence, error);

    private TlsTruncatedException Truncated(string operation) => new(
        operation, Local, Remote,
        _hasReceived
            ? "the connection ended without the peer's close_notify, so what came may be only a part; a framing that "
                + "knows where frames end tells"
            : "the connection ended before anything came, without the peer's close_notify; a server that wants a "
                + "certificate of its clients may end so");

    /// <summary>Lets the peer read why it is refused, if TLS has said so, which a reset could take from it.</summary>
    private async Task EndWithAlertAsync()
    {
        try
        {
            await _inner.CompleteSendingAsync(CancellationToken.None).ConfigureAwait(false);
            Close();
        }
#pragma warning disable CA1031 // The handshake has failed, and that is told.
        catch (Exception)
#pragma warning restore CA1031
        {
            Abort();
        }
    }
}
