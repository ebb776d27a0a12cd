using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Switchboard.Board.Kernel;

namespace Switchboard.Cli.Holders;

/// <summary>Reads the text of <c>/proc/net/tcp</c> and <c>/proc/net/tcp6</c>.</summary>
internal static class TcpTable
{
    private const int LocalColumn = 1;
    private const int RemoteColumn = 2;
    private const int StateColumn = 3;
    private const int UserColumn = 7;
    private const int InodeColumn = 9;
    private const int HexDigitsOfWord = 8;

    /// <summary>Every line that describes a socket; lines that do not, such as the heading, are passed over.</summary>
    public static IEnumerable<TcpRow> Parse(string text) =>
        from line in text.Split('\n')
        let row = ParseLine(line)
        where row is not null
        select row;

    private static TcpRow? ParseLine(string line)
    {
        var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (columns.Length <= InodeColumn
            || !TryParseAddress(columns[LocalColumn], out var local)
            || !TryParseAddress(columns[RemoteColumn], out var remote)
            || !int.TryParse(columns[StateColumn], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var state)
            || !int.TryParse(columns[UserColumn], CultureInfo.InvariantCulture, out var user)
            || !long.TryParse(columns[InodeColumn], CultureInfo.InvariantCulture, out var inode))
        {
            return null;
        }

        var known = Enum.IsDefined((SocketState)state) ? (SocketState)state : SocketState.Unknown;
        return new TcpRow(local, remote, known, user, inode);
    }

    private static bool TryParseAddress(string text, out IPEndPoint address)
    {
        address = new IPEndPoint(IPAddress.None, 0);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon is not (HexDigitsOfWord or 4 * HexDigitsOfWord)
            || !ushort.TryParse(
                text.AsSpan(colon + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        var bytes = new byte[colon / 2];
        for (var word = 0; word * HexDigitsOfWord < colon; word++)
        {
            var digits = text.AsSpan(word * HexDigitsOfWord, HexDigitsOfWord);
            if (!uint.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value))
            {
                return false;
            }

            WriteAsTheKernelHasIt(bytes.AsSpan(word * sizeof(uint)), value);
        }

        address = new IPEndPoint(new IPAddress(bytes), port);
        return true;
    }

    // The kernel prints each word of the address as a number, so its bytes stand in this machine's order.
    private static void WriteAsTheKernelHasIt(Span<byte> bytes, uint word)
    {
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, word);
        }
    }
}
