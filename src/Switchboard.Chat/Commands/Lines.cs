using System.Text;

namespace Switchboard.Chat.Commands;

/// <summary>Many words in few lines.</summary>
internal static class Lines
{
    /// <summary>Words with a space between them, in as few texts as hold them.</summary>
    /// <param name="words">In order.</param>
    /// <param name="maxBytes">The most bytes of a text, as UTF-8.</param>
    public static List<string> Fill(IEnumerable<string> words, int maxBytes)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        var bytes = 0;
        foreach (var word in words)
        {
            var length = Encoding.UTF8.GetByteCount(word) + 1;
            if (bytes > 0 && bytes + length > maxBytes)
            {
                lines.Add(line.ToString());
                line.Clear();
                bytes = 0;
            }

            line.Append(bytes > 0 ? " " : "").Append(word);
            bytes += length;
        }

        if (line.Length > 0)
        {
            lines.Add(line.ToString());
        }

        return lines;
    }
}
