namespace Switchboard.Tests.Transports.SharedMemory;

/// <summary>At each look a second has passed, unless it was halted.</summary>
internal sealed class HaltingClock : TimeProvider
{
    private long _seconds;
    private volatile bool _isHalted;

    public override long TimestampFrequency => 1;

    public void Halt() => _isHalted = true;

    public void GoOn() => _isHalted = false;

    public override long GetTimestamp() =>
        _isHalted ? Interlocked.Read(ref _seconds) : Interlocked.Increment(ref _seconds);
}
