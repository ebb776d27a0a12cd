using System.Globalization;

namespace Switchboard.Board.Kernel;

/// <summary>The names of this machine's users, by number.</summary>
internal static class UserNames
{
    private const int NameColumn = 0;
    private const int IdColumn = 2;

    /// <summary>Reads the text of <c>/etc/passwd</c>; the first line of a number wins.</summary>
    public static IReadOnlyDictionary<int, string> Parse(string text)
    {
        var names = new Dictionary<int, string>();
        foreach (var line in text.Split('\n'))
        {
            var columns = line.Split(':');
            if (columns.Length > IdColumn
                && int.TryParse(columns[IdColumn], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                names.TryAdd(id, columns[NameColumn]);
            }
        }

        return names;
    }
}
