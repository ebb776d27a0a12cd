using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Threading.Channels;
using Switchboard.Observing;

namespace Switchboard.Transports.Tls;

/// <summary>
/// Accepts from a listener below, has each peer shake hands beside the others, and hands out those that are done.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation without a timer holds nothing to release.")]
internal sealed class TlsListener : WireListener
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly WireListener _inner;
    private readonly TlsListenOptions _options;
    private readonly TimeProvider _time;
    private readonly Channel<Outcome> _outcomes = Channel.CreateUnbounded<Outcome>();
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _room;
    private readonly bool _usesDescriptors;
    private Outcome? _untold;
    private long _failed;

    private TlsListener(WireListener inner, TlsListenOptions options, TimeProvider time)
    {
        _inner = inner;
        _options = options;
        _time = time;
        _room = new SemaphoreSlim(options.MaxHandshakes);
        _usesDescriptors = inner.Local is not MemoryEndpoint;
        Local = TlsEndpoints.Above(inner.Local);
    }

    public override Endpoint Local { get; }

    internal override bool IsShared => _inner.IsShared;

    internal override long PassedOver => Interlocked.Read(ref _failed);

    /// <param name="inner">Owned from now on.</param>
    /// <param name="options">How to shake hands.</param>
    /// <param name="time">Times the handshakes.</param>
    public static TlsListener Start(WireListener inner, TlsListenOptions options, TimeProvider time)
    {
        var listener = new TlsListener(inner, options, time);
        _ = listener.AcceptBelowAsync();
        return listener;
    }

    public override async ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await _outcomes.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            return outcome.Take();
        }
        catch (ChannelClosedException closed)
        {
            throw closed.InnerException is { } broken
                ? new AcceptException(Local, AcceptFailure.Fatal, broken.Message, broken)
                : new ObjectDisposedException(nameof(TlsListener), $"The listener at {Local} was closed.");
        }
    }

    public override void Close()
    {
        _outcomes.Writer.TryComplete();
        _inner.Close();
        _closing.Cancel();
        while (_outcomes.Reader.TryRead(out var never))
        {
            never.Drop();
        }
    }

    private async Task AcceptBelowAsync()
    {
        try
        {
            while (true)
            {
                await TakeRoomAsync().ConfigureAwait(false);
                await AcceptOneBelowAsync().ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            _outcomes.Writer.TryComplete();
        }
#pragma warning disable CA1031 // Whoever accepts is told; here nobody would be.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _outcomes.Writer.TryComplete(error);
        }
    }

    /// <summary>Accepts one into the room that was taken for it.</summary>
    private async ValueTask AcceptOneBelowAsync()
    {
        try
        {
            var wire = await _inner.AcceptAsync(_closing.Token).ConfigureAwait(false);
            wire.Post(new Handshake(this, wire));
        }
        catch (AcceptException error)
        {
            Report(error);

            // Whoever accepts knows how long to pause. While nobody does, peers may still come.
            var pause = Task.Delay(Pause, _time, _closing.Token);
            await Task.WhenAny(_untold.Taken, pause).ConfigureAwait(false);
        }
    }

    /// <summary>Puts the failure where accepting finds it, once: later ones of the same kind say nothing new.</summary>
    [MemberNotNull(nameof(_untold))]
    private void Report(AcceptException error)
    {
        if (_untold is { Taken.IsCompleted: false })
        {
            GiveRoomBack();
            return;
        }

        _untold = new Outcome(this, error);
        if (!_outcomes.Writer.TryWrite(_untold))
        {
            _untold.Drop();
        }
    }

    private async ValueTask TakeRoomAsync()
    {
        await _room.WaitAsync(_closing.Token).ConfigureAwait(false);
        if (_usesDescriptors)
        {
            await DescriptorBudget.TakeAsync(_closing.Token).ConfigureAwait(false);
        }
    }

    private void GiveRoomBack()
    {
        if (_usesDescriptors)
        {
            DescriptorBudget.GiveBack();
        }

        _room.Release();
    }

    private async Task ShakeHandsAsync(Wire below)
    {
        var wire = new TlsWire(below);
        try
        {
            await ShakeHandsInTimeAsync(wire).ConfigureAwait(false);
            var outcome = new Outcome(this, wire);
            if (!_outcomes.Writer.TryWrite(outcome))
            {
                outcome.Drop();
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The listener was closed.
            GiveRoomBack();
        }
        catch (ConnectionException error)
        {
            GiveRoomBack();
            Interlocked.Increment(ref _failed);
            Meters.HandshakeFailed(Local.Scheme, error is TlsException tls ? $"{tls.Failure}" : error.GetType().Name);
            _options.HandshakeFailed?.Invoke(error);
        }
    }

    private async ValueTask ShakeHandsInTimeAsync(TlsWire wire)
    {
        using var timer = new CancellationTokenSource(_options.HandshakeTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, _closing.Token);
        var check = PeerCheck.OfClient(_options, _time);
        try
        {
            await wire.ShakeHandsAsync(
                stream => stream.AuthenticateAsServerAsync(
                    (_, hello, _, _) => new(TlsTransport.ToAuthenticate(_options, CertificateFor(hello), check)),
                    state: null,
                    either.Token),
                check).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_closing.IsCancellationRequested)
        {
            throw TlsTransport.TimedOut(_options.HandshakeTimeout, wire.Local, wire.Remote);
        }
    }

    private TlsCertificate CertificateFor(SslClientHelloInfo hello) =>
        _options.Certificates.Count > 1 && hello.ServerName.Length > 0
            ? _options.Certificates.FirstOrDefault(each => each.IsFor(hello.ServerName)) ?? _options.Certificates[0]
            : _options.Certificates[0];

    // The work of a handshake belongs where the wire is, and must not keep the next peer waiting.
    private sealed class Handshake(TlsListener listener, Wire below) : IThreadPoolWorkItem
    {
        public void Execute() => _ = listener.ShakeHandsAsync(below);
    }

    /// <summary>What became of a peer, until somebody accepts.</summary>
    private sealed class Outcome(TlsListener listener)
    {
        private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Wire? _wire;
        private readonly AcceptException? _error;

        public Outcome(TlsListener listener, Wire wire)
            : this(listener) => _wire = wire;

        public Outcome(TlsListener listener, AcceptException error)
            : this(listener) => _error = error;

        public Task Taken => _taken.Task;

        public Wire Take()
        {
            listener.GiveRoomBack();
            _taken.TrySetResult();
            return _wire ?? throw _error!;
        }

        public void Drop()
        {
            listener.GiveRoomBack();
            _wire?.Abort();
        }
    }
}
