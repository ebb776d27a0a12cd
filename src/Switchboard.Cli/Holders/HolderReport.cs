using Switchboard.Board.Kernel;

namespace Switchboard.Cli.Holders;

/// <summary>Who holds an address, as people read it.</summary>
internal static class HolderReport
{
    private const string HiddenProcess = "(hidden)";
    private const string NoProcess = "-";

    /// <summary>Above the columns of <see cref="RowsOf"/>.</summary>
    public static IReadOnlyList<string> Titles { get; } = ["State", "Local", "Peer", "Process", "User"];

    /// <summary>
    /// A row for each group of sockets that differ in nothing but the peer. The names are the processes' own choice.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<string>> RowsOf(IReadOnlyList<Holder> holders) =>
        [.. Groups(holders).Select(RowOf)];

    /// <summary>Sentences about what the table alone would leave as a riddle; each is said once.</summary>
    /// <param name="holders">What was found.</param>
    /// <param name="sight">Whose processes could be looked at.</param>
    public static IEnumerable<string> NotesOn(IReadOnlyList<Holder> holders, Sight sight)
    {
        var hidden = holders.Where(holder => holder.IsHidden).ToArray();
        if (hidden.Length > 0)
        {
            yield return HiddenNote(hidden, sight);
        }

        foreach (var note in holders.Select(StateNotes.Explain).OfType<string>().Distinct())
        {
            yield return note;
        }
    }

    private static string HiddenNote(IReadOnlyList<Holder> hidden, Sight sight)
    {
        var users = string.Join(", ", hidden.Select(holder => holder.User).OfType<string>().Distinct());
        var whose = users.Length == 0 ? "another user" : $"user {users}";
        return sight == Sight.Everything
            ? $"{HiddenProcess}: no process here has it. It belongs to {whose} in another container, or to the kernel."
            : $"{HiddenProcess}: a process of {whose}, whose sockets you may not see. Run this command with sudo.";
    }

    private static IEnumerable<Holder[]> Groups(IReadOnlyList<Holder> holders) =>
        holders
            .GroupBy(holder => (holder.State, holder.Local, holder.User, Processes: ProcessesOf(holder)))
            .Select(group => group.ToArray());

    private static string[] RowOf(Holder[] group) =>
    [
        SocketStates.NameOf(group[0].State),
        AddressOf(group[0].Local),
        group.Length > 1 && group[0].Remote is not null ? $"{group.Length} peers"
            : group[0].Remote is { } remote ? AddressOf(remote)
            : NoProcess,
        ProcessesOf(group[0]),
        group[0].User ?? NoProcess,
    ];

    private static string AddressOf(Endpoint endpoint) => endpoint switch
    {
        TcpEndpoint tcp => tcp.ToString()["tcp://".Length..],
        _ => endpoint.ToString(),
    };

    private static string ProcessesOf(Holder holder) =>
        holder.Inode == 0 ? NoProcess
        : holder.Processes.Count == 0 ? HiddenProcess
        : string.Join(", ", holder.Processes);
}
