using Switchboard.Cli.Failures;
using Switchboard.Cli.Options;

namespace Switchboard.Cli.Fetching;

/// <summary>How long a fetch waits: for the peer each time, and for the whole.</summary>
internal sealed class Patience : IDisposable
{
    private readonly TimeSpan _idle;
    private readonly TimeSpan _most;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _whole;
    private readonly CancellationTokenSource _any;
    private int _waiting;

    public Patience(TimeSpan idle, TimeSpan most, TimeProvider time, CancellationToken stop)
    {
        _idle = idle;
        _most = most;
        _stop = stop;
        _silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _whole = new CancellationTokenSource(most, time);
        _any = CancellationTokenSource.CreateLinkedTokenSource(_silence.Token, _whole.Token, stop);
    }

    /// <summary>Cancelled when it is over, or by a signal.</summary>
    public CancellationToken Token => _any.Token;

    /// <summary>It is the peer's turn. Our own slowness, such as that of a full pipe, is not its fault.</summary>
    public void Begin()
    {
        Interlocked.Increment(ref _waiting);
        _silence.CancelAfter(_idle);
    }

    /// <summary>The peer has moved.</summary>
    public void End() =>
        _silence.CancelAfter(Interlocked.Decrement(ref _waiting) == 0 ? Timeout.InfiniteTimeSpan : _idle);

    /// <summary>What was waited for in vain; null if patience is not over.</summary>
    public Failure? Explain(Uri url) => _stop.IsCancellationRequested ? null
        : _whole.IsCancellationRequested ? new Failure(
            ExitCode.TimedOut, $"{url} took longer than {TimeText.Show(_most)}.", Next: "Allow more with --max-time.")
        : _silence.IsCancellationRequested ? new Failure(
            ExitCode.TimedOut, $"nothing passed between {url} and this end for {TimeText.Show(_idle)}.",
            "It has not finished either: more may have come.", "Wait longer with --idle.")
        : null;

    public void Dispose()
    {
        _any.Dispose();
        _silence.Dispose();
        _whole.Dispose();
    }
}
