namespace Switchboard.Serving;

/// <summary>Gives a relay up when nothing passes any more. Disposing waits for a look under way.</summary>
internal sealed class RelayWatch : IAsyncDisposable
{
    private const int LooksPerTimeout = 4;

    private readonly Func<long> _countPassed;
    private readonly Action _giveUp;
    private readonly ITimer? _timer;
    private long _passed;
    private int _looksWithoutChange;

    /// <param name="time">Times it.</param>
    /// <param name="timeout">How long nothing may pass; infinite for no limit.</param>
    /// <param name="countPassed">How much has passed; grows with everything that does.</param>
    /// <param name="giveUp">Called when the time is over.</param>
    public RelayWatch(TimeProvider time, TimeSpan timeout, Func<long> countPassed, Action giveUp)
    {
        _countPassed = countPassed;
        _giveUp = giveUp;
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            var period = timeout / LooksPerTimeout;
            _timer = time.CreateTimer(static watch => ((RelayWatch)watch!).Look(), this, period, period);
        }
    }

    public ValueTask DisposeAsync() => _timer?.DisposeAsync() ?? default;

    private void Look()
    {
        var passed = _countPassed();
        _looksWithoutChange = passed == _passed ? _looksWithoutChange + 1 : 0;
        _passed = passed;
        if (_looksWithoutChange >= LooksPerTimeout)
        {
            _giveUp();
        }
    }
}
