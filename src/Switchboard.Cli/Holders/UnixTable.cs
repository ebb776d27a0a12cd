using System.Globalization;
using Switchboard.Board.Kernel;

namespace Switchboard.Cli.Holders;

/// <summary>Reads the text of <c>/proc/net/unix</c>.</summary>
internal static class UnixTable
{
    private const int FlagsColumn = 3;
    private const int StateColumn = 5;
    private const int InodeColumn = 6;
    private const int PathColumn = 7;
    private const int AcceptsConnections = 0x10000;
    private const int Connected = 3;

    /// <summary>Every socket with a path in the file system; lines that describe none are passed over.</summary>
    public static IEnumerable<UnixRow> Parse(string text) =>
        from line in text.Split('\n')
        let row = ParseLine(line)
        where row is not null
        select row;

    private static UnixRow? ParseLine(string line)
    {
        // The path is the rest of the line: it may hold spaces, and the columns before it are padded with them.
        var columns = line.Split(' ', PathColumn + 1, StringSplitOptions.RemoveEmptyEntries);
        if (columns.Length <= PathColumn
            || columns[PathColumn].StartsWith('@')
            || !int.TryParse(columns[FlagsColumn], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var flags)
            || !int.TryParse(columns[StateColumn], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var state)
            || !long.TryParse(columns[InodeColumn], CultureInfo.InvariantCulture, out var inode))
        {
            return null;
        }

        return new UnixRow(columns[PathColumn], StateOf(flags, state), inode);
    }

    private static SocketState StateOf(int flags, int state) =>
        (flags & AcceptsConnections) != 0 ? SocketState.Listen
        : state == Connected ? SocketState.Established
        : SocketState.Bound;
}
