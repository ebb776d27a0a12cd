namespace Switchboard.Chat.People;

/// <summary>The letters of a room's modes.</summary>
internal static class RoomModes
{
    /// <summary>Lists of masks: bans, exceptions from bans, exceptions from invite-only.</summary>
    public const string Lists = "beI";

    public const char Key = 'k';

    public const char Limit = 'l';

    public const char Operator = 'o';

    public const char Voice = 'v';

    /// <summary>On or off.</summary>
    public const string Switches = "imnst";

    /// <summary>What <c>CHANMODES</c> tells clients: which modes have a parameter, and when.</summary>
    public static string Announced => $"{Lists},{Key},{Limit},{Switches}";

    /// <summary>All of them, as the greeting lists them.</summary>
    public const string All = "Ibeiklmnostv";

    public const string WithParameter = "Ibeklov";

    /// <summary>Whether the later of two changes counts, wherever it was made.</summary>
    public static bool IsStamped(char letter) => letter is Key or Limit || Flag(letter) != RoomFlags.None;

    public static RoomFlags Flag(char letter) => letter switch
    {
        'i' => RoomFlags.InviteOnly,
        'm' => RoomFlags.Moderated,
        'n' => RoomFlags.NoOutsiders,
        's' => RoomFlags.Secret,
        't' => RoomFlags.TopicLocked,
        _ => RoomFlags.None,
    };
}
