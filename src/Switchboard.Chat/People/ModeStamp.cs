namespace Switchboard.Chat.People;

/// <summary>When a mode was last changed.</summary>
/// <param name="Time">When.</param>
/// <param name="By">The id of the person who did it, for two changes of one time.</param>
internal sealed record ModeStamp(DateTimeOffset Time, string By)
{
    public bool IsBehind(ModeStamp other) =>
        Time != other.Time ? Time > other.Time : string.CompareOrdinal(By, other.By) > 0;
}
