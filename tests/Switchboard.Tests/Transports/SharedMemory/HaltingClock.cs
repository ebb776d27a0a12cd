using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports.SharedMemory;

/// <summary>At each look a second has passed, unless it was halted.</summary>
internal sealed class HaltingClock : TimeProvider
{
    private long _seconds;
    private long _looksWhileHalted;
    private volatile bool _isHalted;

    public override long TimestampFrequency => 1;

    public void Halt() => _isHalted = true;

    public void GoOn() => _isHalted = false;

    /// <summary>Completes when somebody looks again and again: a spin is under way.</summary>
    public Task WaitForSpinAsync() => Waiting.UntilAsync(() => Interlocked.Read(ref _looksWhileHalted) > 10);

    public override long GetTimestamp()
    {
        if (_isHalted)
        {
            Interlocked.Increment(ref _looksWhileHalted);
            return Interlocked.Read(ref _seconds);
        }

        return Interlocked.Increment(ref _seconds);
    }
}
