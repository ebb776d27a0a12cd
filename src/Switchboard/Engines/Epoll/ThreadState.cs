using System.Globalization;

namespace Switchboard.Engines.Epoll;

/// <summary>What the kernel says of one of this process's threads.</summary>
internal static class ThreadState
{
    /// <exception cref="IOException">There is no such thread.</exception>
    public static bool IsAsleep(int threadId)
    {
        Span<byte> line = stackalloc byte[128];
        using var file = File.OpenHandle(
            string.Create(CultureInfo.InvariantCulture, $"/proc/self/task/{threadId}/stat"));
        return IsAsleep(line[..RandomAccess.Read(file, line, fileOffset: 0)]);
    }

    /// <summary>Reads <c>17 (name) S …</c>. The name may hold anything, brackets too.</summary>
    internal static bool IsAsleep(ReadOnlySpan<byte> line)
    {
        var state = line.LastIndexOf((byte)')') + 2;
        return state < line.Length && (char)line[state] is 'S' or 'D';
    }
}
