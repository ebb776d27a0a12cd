using Switchboard.Board.Lab.Calls;

namespace Switchboard.Board.Lab;

/// <summary>Whether two looks at the kernel show the same, so that only changes are told.</summary>
internal static class SnapshotComparison
{
    public static bool AreSame(KernelSnapshot one, KernelSnapshot? other) =>
        other is not null
        && one.Sockets.SequenceEqual(other.Sockets)
        && one.Tapes.Count == other.Tapes.Count
        && one.Tapes.Zip(other.Tapes).All(pair => AreSame(pair.First, pair.Second));

    private static bool AreSame(Tape one, Tape other) =>
        one with { Unread = [], Unconfirmed = [] } == other with { Unread = [], Unconfirmed = [] }
        && AreSame(one.Unread, other.Unread)
        && AreSame(one.Unconfirmed, other.Unconfirmed);

    private static bool AreSame(IReadOnlyList<FlowPart> one, IReadOnlyList<FlowPart> other) =>
        one.Count == other.Count
        && one.Zip(other).All(pair => pair.First.Call == pair.Second.Call && pair.First.Length == pair.Second.Length
            && pair.First.Shown.Span.SequenceEqual(pair.Second.Shown.Span));
}
