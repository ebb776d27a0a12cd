namespace Switchboard.Transports.SharedMemory;

/// <summary>Looking again and again for a while, before a wait that costs a sleep and a waking.</summary>
internal readonly struct Spin
{
    // As few as there can be: the peer's next byte is often there within a fraction of a microsecond, and each more
    // made round trips and bulk slower.
    private const int RoundsBetweenLooks = 1;

    private readonly TimeProvider _clock;
    private readonly TimeSpan _time;
    private readonly long _start;

    /// <param name="time">How long; zero for not at all.</param>
    /// <param name="clock">Which says when that is over.</param>
    public Spin(TimeSpan time, TimeProvider clock)
    {
        _time = time;
        _clock = clock;
        _start = time > TimeSpan.Zero ? clock.GetTimestamp() : 0;
    }

    public bool IsOver => _time <= TimeSpan.Zero || _clock.GetElapsedTime(_start) >= _time;

    public static void Pause() => Thread.SpinWait(RoundsBetweenLooks);
}
