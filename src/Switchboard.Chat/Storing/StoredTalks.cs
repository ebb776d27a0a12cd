using System.Text;

namespace Switchboard.Chat.Storing;

/// <summary>The order in which talks are told.</summary>
internal static class StoredTalks
{
    /// <summary>Those that fell silent first; of one time by the bytes of their names, as databases do.</summary>
    public static IReadOnlyList<StoredTalk> First(IEnumerable<StoredTalk> talks, int limit) =>
    [
        .. talks.Distinct().OrderBy(talk => talk.Newest).ThenBy(talk => talk.Talk, ByBytes).Take(limit),
    ];

    private static Comparer<string> ByBytes { get; } = Comparer<string>.Create(static (one, other) =>
        Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other)));
}
