using System.Net;

namespace Switchboard.Transports;

/// <summary>
/// Tries a name's addresses as RFC 8305 says: IPv6 and IPv4 in turn, the next as soon as one fails or stays silent too
/// long, the first to answer wins. Invariant: when it ends, no socket but the winner's is left.
/// </summary>
internal sealed class HappyEyeballs(TcpEndpoint target, IPAddress[] addresses, ConnectOptions options)
{
    private readonly TimeProvider _time = options.Connection.TimeProvider;
    private readonly Engine _engine = options.Engine ?? Engine.Default;
    private readonly List<Attempt> _attempts = [];

    public async ValueTask<Wire> ConnectAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await RaceAsync(stop.Token).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await DropLosersAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The failure when the time for all attempts is up.</summary>
    public ConnectionTimeoutException TimedOut() => new(
        TimeoutPhase.Connect, options.Timeout, null, target, $"no answer within {options.Timeout.TotalSeconds:0.###} s")
    {
        Attempts = Report(),
    };

    internal static IEnumerable<IPAddress> Interleave(IPAddress[] addresses)
    {
        var family = addresses[0].AddressFamily;
        var first = new Queue<IPAddress>(addresses.Where(address => address.AddressFamily == family));
        var other = new Queue<IPAddress>(addresses.Where(address => address.AddressFamily != family));
        while (first.Count + other.Count > 0)
        {
            if (first.TryDequeue(out var address))
            {
                yield return address;
            }

            (first, other) = (other, first);
        }
    }

    private async ValueTask<Wire> RaceAsync(CancellationToken stop)
    {
        foreach (var address in Interleave(addresses))
        {
            Start(new IPEndPoint(address, target.Port), stop);
            if (await FirstToConnectAsync(options.AttemptDelay, stop).ConfigureAwait(false) is { } early)
            {
                return early;
            }
        }

        return await FirstToConnectAsync(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(false)
            ?? throw AllFailed();
    }

    private void Start(IPEndPoint address, CancellationToken stop) =>
        _attempts.Add(new Attempt(address, _time, _engine.ConnectAsync(address, stop).AsTask()));

    /// <summary>
    /// Waits for a winner; null when the patience is at its end, or with it the newest attempt, or every attempt.
    /// </summary>
    private async ValueTask<Wire?> FirstToConnectAsync(TimeSpan patience, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var silence = Task.Delay(patience, _time, ended.Token);
        try
        {
            while (true)
            {
                foreach (var attempt in _attempts)
                {
                    attempt.NoteEnd(_time);
                }

                var running = _attempts.Where(attempt => attempt.IsRunning).Select(attempt => attempt.Connecting);
                Task[] awaited = [silence, .. running];
                if (_attempts.FirstOrDefault(attempt => attempt.HasWon) is { } winner)
                {
                    return winner.Take();
                }

                // Attempts that were cancelled have not failed: there would be no error to tell.
                stop.ThrowIfCancellationRequested();
                var newestFailed = patience != Timeout.InfiniteTimeSpan && _attempts[^1].HasFailed;
                if (awaited.Length == 1 || newestFailed || silence.IsCompletedSuccessfully)
                {
                    return null;
                }

                await Task.WhenAny(awaited).ConfigureAwait(false);
            }
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask DropLosersAsync()
    {
        foreach (var attempt in _attempts)
        {
            await attempt.DropAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The failure that says most: somebody who refused was at least there.</summary>
    private ConnectionException AllFailed()
    {
        var errors = _attempts.Select(attempt => attempt.Connecting.Exception?.InnerException).ToArray();
        var first = errors.FirstOrDefault(error => error is ConnectionRefusedException)
            ?? errors.FirstOrDefault(error => error is HostUnreachableException)
            ?? errors[0];
        if (first is not ConnectionException known)
        {
            return new ConnectionException("connect", null, target, first!.Message, first) { Attempts = Report() };
        }

        return known switch
        {
            ConnectionRefusedException => new ConnectionRefusedException(
                "connect", null, target, known.Problem, known) { Attempts = Report() },
            HostUnreachableException => new HostUnreachableException(
                "connect", null, target, known.Problem, known) { Attempts = Report() },
            ConnectionTimeoutException => new ConnectionTimeoutException(
                TimeoutPhase.Connect, null, null, target, known.Problem) { Attempts = Report() },
            ConnectionResetException => new ConnectionResetException(
                "connect", null, target, known.Problem, known) { Attempts = Report() },
            _ => new ConnectionException("connect", null, target, known.Problem, known) { Attempts = Report() },
        };
    }

    private ConnectAttempt[] Report() => [.. _attempts.Select(attempt => attempt.Report(_time))];

    private sealed class Attempt(IPEndPoint address, TimeProvider time, Task<Wire> connecting)
    {
        private readonly long _started = time.GetTimestamp();
        private TimeSpan? _elapsed;
        private bool _taken;

        public Task<Wire> Connecting => connecting;

        public bool IsRunning => !connecting.IsCompleted;

        public bool HasFailed => connecting.IsCompleted && !connecting.IsCompletedSuccessfully;

        public bool HasWon => connecting.IsCompletedSuccessfully;

        public Wire Take()
        {
            _taken = true;
            return connecting.Result;
        }

        public void NoteEnd(TimeProvider clock)
        {
            if (connecting.IsCompleted)
            {
                _elapsed ??= clock.GetElapsedTime(_started);
            }
        }

        public async ValueTask DropAsync()
        {
            await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (HasWon && !_taken)
            {
                (await connecting.ConfigureAwait(false)).Abort();
            }
        }

        public ConnectAttempt Report(TimeProvider clock) => new(
            TcpEndpoint.From(address),
            _elapsed ?? clock.GetElapsedTime(_started),
            connecting.Exception?.InnerException);
    }
}
