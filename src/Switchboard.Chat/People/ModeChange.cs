namespace Switchboard.Chat.People;

/// <summary>One mode of a room, set or taken away.</summary>
/// <param name="Sign"><c>+</c> or <c>-</c>.</param>
/// <param name="Letter">Which; see <see cref="RoomModes"/>.</param>
/// <param name="Value">A mask, a key, a limit, or the id of a person for operators and voices; null for none.</param>
internal sealed record ModeChange(char Sign, char Letter, string? Value = null)
{
    public bool Adds => Sign == '+';
}
