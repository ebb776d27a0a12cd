using Switchboard.Files;

namespace Switchboard.Cli.WebFiles;

/// <summary>How a folder's page is sorted. Folders come first, whatever it is.</summary>
/// <param name="By">The column.</param>
/// <param name="IsDown">Whether the largest or the last comes first.</param>
internal sealed record ListingOrder(ListingColumn By, bool IsDown)
{
    /// <summary>Reads <c>?by=size&amp;down=1</c>; by name where that says nothing.</summary>
    public static ListingOrder Parse(string? by, string? down) => new(
        by switch { "size" => ListingColumn.Size, "time" => ListingColumn.Time, _ => ListingColumn.Name },
        down == "1");

    public static string TitleOf(ListingColumn column) => column switch
    {
        ListingColumn.Size => "Size",
        ListingColumn.Time => "Changed (UTC)",
        _ => "Name",
    };

    /// <summary>Sizes and times are asked for to find the largest and the latest: those come first.</summary>
    public string LinkOf(ListingColumn column)
    {
        var down = By == column ? !IsDown : column != ListingColumn.Name;
        var name = column switch { ListingColumn.Size => "size", ListingColumn.Time => "time", _ => "name" };
        return down ? $"?by={name}&amp;down=1" : $"?by={name}";
    }

    public string ArrowOf(ListingColumn column) => column != By ? "" : IsDown ? " \u2193" : " \u2191";

    public string AriaOf(ListingColumn column) => column != By ? ""
        : IsDown ? " aria-sort=\"descending\"" : " aria-sort=\"ascending\"";

    public IEnumerable<SharedEntry> Sort(IEnumerable<SharedEntry> entries)
    {
        var folders = entries.OrderByDescending(entry => entry.IsFolder);
        var sorted = (By, IsDown) switch
        {
            (ListingColumn.Size, true) => folders.ThenByDescending(entry => entry.Bytes),
            (ListingColumn.Size, _) => folders.ThenBy(entry => entry.Bytes),
            (ListingColumn.Time, true) => folders.ThenByDescending(entry => entry.Changed),
            (ListingColumn.Time, _) => folders.ThenBy(entry => entry.Changed),
            (_, true) => folders.ThenByDescending(entry => entry.Name, StringComparer.OrdinalIgnoreCase),
            _ => folders.ThenBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase),
        };
        return sorted.ThenBy(entry => entry.Name, StringComparer.Ordinal);
    }
}
