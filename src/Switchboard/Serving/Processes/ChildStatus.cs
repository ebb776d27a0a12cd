namespace Switchboard.Serving.Processes;

/// <summary>How a process ended, as the kernel tells it.</summary>
/// <param name="Word">The word that waiting for it gives.</param>
internal readonly record struct ChildStatus(int Word)
{
    private const int SignalMask = 0x7F;

    /// <summary>What was wrong with it; null for nothing.</summary>
    public string? Problem => (Word & SignalMask, (Word >> 8) & 0xFF) switch
    {
        (0, 0) => null,
        (0, var code) => $"ended with exit code {code}",
        (var signal, _) => $"was killed by signal {signal}",
    };
}
