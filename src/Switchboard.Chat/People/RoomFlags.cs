namespace Switchboard.Chat.People;

/// <summary>A room's modes that are on or off.</summary>
[Flags]
internal enum RoomFlags
{
    None = 0,

    /// <summary>Only those who were invited come in (<c>+i</c>).</summary>
    InviteOnly = 1,

    /// <summary>Only operators and those with a voice talk (<c>+m</c>).</summary>
    Moderated = 2,

    /// <summary>Only members talk (<c>+n</c>).</summary>
    NoOutsiders = 4,

    /// <summary>Who is not in it does not see it (<c>+s</c>).</summary>
    Secret = 8,

    /// <summary>Only operators set the topic (<c>+t</c>).</summary>
    TopicLocked = 16,
}
