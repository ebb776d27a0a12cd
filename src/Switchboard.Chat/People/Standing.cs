namespace Switchboard.Chat.People;

/// <summary>What a member may do in a room beyond talking.</summary>
[Flags]
internal enum Standing
{
    None = 0,

    /// <summary>Talks where others may not (<c>+v</c>).</summary>
    Voice = 1,

    /// <summary>Decides about the room (<c>+o</c>).</summary>
    Operator = 2,
}
