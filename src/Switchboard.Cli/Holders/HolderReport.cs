using System.Text;

namespace Switchboard.Cli.Holders;

/// <summary>Who holds an address, as people read it.</summary>
internal static class HolderReport
{
    private const string HiddenProcess = "(hidden)";
    private const string NoProcess = "-";

    /// <summary>
    /// A table: a heading and a line for each group of sockets that differ in nothing but the peer. Spaces only, so
    /// that it can be cut up by other programs.
    /// </summary>
    public static string TableOf(IReadOnlyList<Holder> holders)
    {
        string[][] rows = [["STATE", "LOCAL", "PEER", "PROCESS", "USER"], .. Groups(holders).Select(RowOf)];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var table = new StringBuilder();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => cell.PadRight(widths[column]));
            table.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        return table.ToString();
    }

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

        foreach (var note in holders.Select(SocketStates.Explain).OfType<string>().Distinct())
        {
            yield return note;
        }
    }

    /// <summary>The processes in a few words, for a sentence; null when none is known.</summary>
    public static string? NamesOf(IReadOnlyList<Holder> holders)
    {
        var names = holders.SelectMany(holder => holder.Processes).Distinct().Select(process => $"{process}").ToArray();
        return names.Length switch
        {
            0 => null,
            <= 3 => string.Join(", ", names),
            _ => $"{names[0]} and {names.Length - 1} more processes",
        };
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
