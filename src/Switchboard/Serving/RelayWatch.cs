namespace Switchboard.Serving;

/// <summary>Resets both connections of a relay when nothing passes any more.</summary>
internal sealed class RelayWatch : IDisposable
{
    private const int LooksPerTimeout = 4;

    private readonly Connection _first;
    private readonly Connection _second;
    private readonly TimeSpan _timeout;
    private readonly ITimer? _timer;
    private long _passed;
    private int _looksWithoutChange;

    public RelayWatch(Connection first, Connection second, TimeSpan timeout)
    {
        _first = first;
        _second = second;
        _timeout = timeout;
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            var period = timeout / LooksPerTimeout;
            _timer = first.Options.TimeProvider.CreateTimer(
                static watch => ((RelayWatch)watch!).Look(), this, period, period);
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        var passed = Bytes(_first) + Bytes(_second);
        _looksWithoutChange = passed == _passed ? _looksWithoutChange + 1 : 0;
        _passed = passed;
        if (_looksWithoutChange >= LooksPerTimeout)
        {
            Reset(_first);
            Reset(_second);
        }
    }

    private void Reset(Connection connection) => connection.Abort(
        EndReason.TimedOut,
        new ConnectionTimeoutException(
            TimeoutPhase.Idle, _timeout, connection.Local, connection.Remote,
            $"nothing passed in either direction for {_timeout.TotalSeconds:0.#} s"));

    private static long Bytes(Connection connection)
    {
        var progress = connection.GetProgress();
        return progress.BytesReceived + progress.BytesSent;
    }
}
