using System.Text;

namespace Switchboard.Cli.Chatting;

/// <summary>Reads lines of an input that may have any length.</summary>
internal static class InputLine
{
    /// <returns>The next line, or a piece of a line that is longer than that; null at the end.</returns>
    public static async Task<string?> ReadAsync(StreamReader input, int maxChars, CancellationToken stop)
    {
        var line = new StringBuilder();
        var next = new char[1];
        while (line.Length < maxChars)
        {
            if (await input.ReadAsync(next.AsMemory(), stop).AsTask().WaitAsync(stop) == 0)
            {
                return line.Length > 0 ? line.ToString() : null;
            }

            if (next[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append(next[0]);
        }

        return line.ToString();
    }
}
