using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Switchboard.Bench.Load.Generating;

/// <summary>One kind of load.</summary>
/// <param name="Connections">Open at once.</param>
/// <param name="MessageBytes">Of one message, all that its framing adds included.</param>
/// <param name="Depth">How many messages of one connection are under way at once.</param>
internal sealed record Cell(int Connections, int MessageBytes, int Depth)
{
    private const int MaxConnections = 19_000;
    private const int MaxMessageBytes = 1024 * 1024;
    private const int MaxDepth = 1024;

    // Of all messages under way on one connection: a server that has no room for more must not make us wait for ever.
    private const int MaxUnderWayBytes = 16 * 1024 * 1024;

    /// <summary>Reads <c>50x32x1</c>: connections, bytes, depth.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Cell? cell)
    {
        cell = text.Split('x') is [var connections, var bytes, var depth]
            && TryNumber(connections, 1, MaxConnections, out var connectionCount)
            && TryNumber(bytes, MessagePattern.MinMessageBytes, MaxMessageBytes, out var byteCount)
            && TryNumber(depth, 1, MaxDepth, out var depthCount)
            && (long)byteCount * depthCount <= MaxUnderWayBytes
                ? new Cell(connectionCount, byteCount, depthCount)
                : null;
        return cell is not null;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Connections}x{MessageBytes}x{Depth}");

    private static bool TryNumber(string text, int min, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number >= min && number <= max;
}
