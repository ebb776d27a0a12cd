namespace Switchboard.Chat;

/// <summary>
/// The one name of a room's or of two people's talk, whoever of them asks. Accounts keep private talks, so that nobody
/// reads another's by taking his nick.
/// </summary>
public static class TalkName
{
    /// <summary>Whoever is in the room may read it; the room keeps it when everybody has left.</summary>
    /// <param name="foldedRoom">The room's name, folded, with its <c>#</c>.</param>
    public static string OfRoom(string foldedRoom) => foldedRoom;

    /// <summary>The talk of two accounts, the same for either order.</summary>
    public static string OfAccounts(string folded, string otherFolded) =>
        string.CompareOrdinal(folded, otherFolded) <= 0 ? $"{folded} {otherFolded}" : $"{otherFolded} {folded}";

    /// <summary>Under which names a talk is found: the room's own, or those of the accounts.</summary>
    internal static IEnumerable<string> MembersOf(string talk) => talk.Split(' ').Distinct();
}
