using Switchboard.Cli.Output;

namespace Switchboard.Cli.Fetching;

/// <summary>
/// Shows bytes of one direction in lines that a terminal can bear. A line of the peer shows its end, <c>\r\n</c>; one
/// that does not goes on in the next.
/// </summary>
/// <param name="mark">Stands before each line: which way the bytes go.</param>
/// <param name="say">Takes each line.</param>
internal sealed class RawLines(char mark, Action<string> say)
{
    private const int LongestLine = 2048;

    private readonly List<byte> _line = [];

    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            _line.Add(value);
            if (value == '\n' || _line.Count == LongestLine)
            {
                Flush();
            }
        }
    }

    /// <summary>Shows a line that has not ended.</summary>
    public void Flush()
    {
        if (_line.Count > 0)
        {
            say($"{mark} {SafeText.Bytes([.. _line])}");
            _line.Clear();
        }
    }
}
