namespace Switchboard.Transports.SharedMemory;

/// <summary>Looking again and again for a while, before a wait that costs a sleep and a waking.</summary>
internal readonly struct Spin
{
    private const int RoundsBetweenLooks = 20;

    private readonly TimeSpan _time;
    private readonly long _start;

    /// <param name="time">How long; zero for not at all.</param>
    public Spin(TimeSpan time)
    {
        _time = time;
        _start = time > TimeSpan.Zero ? TimeProvider.System.GetTimestamp() : 0;
    }

    public bool IsOver => _time <= TimeSpan.Zero || TimeProvider.System.GetElapsedTime(_start) >= _time;

    public static void Pause() => Thread.SpinWait(RoundsBetweenLooks);
}
