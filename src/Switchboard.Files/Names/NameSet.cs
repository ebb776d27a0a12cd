namespace Switchboard.Files.Names;

/// <summary>The names of one offer: no two of them may be the same place on any disk.</summary>
internal sealed class NameSet
{
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <summary>Takes a name in, with the folders that it needs.</summary>
    /// <param name="name">Of a file or a folder.</param>
    /// <param name="isFolder">Which of them.</param>
    /// <exception cref="TransferException">It clashes with a name that was taken in before.</exception>
    public void Add(OfferedName name, bool isFolder)
    {
        var path = "";
        var key = "";
        for (var i = 0; i < name.Parts.Count; i++)
        {
            path += (i == 0 ? "" : "/") + name.Parts[i];
            key += (i == 0 ? "" : "/") + CaseKey.Of(name.Parts[i]);
            var isLast = i == name.Parts.Count - 1;
            AddPart(name, key, new Place(path, IsFolder: !isLast || isFolder, IsOffered: isLast));
        }
    }

    private void AddPart(OfferedName name, string key, Place place)
    {
        if (!_places.TryGetValue(key, out var before))
        {
            _places.Add(key, place);
            return;
        }

        if (before.Path != place.Path)
        {
            throw Clash(name, $"it differs from \"{before.Path}\" by case only, which some disks do not see");
        }

        if (!before.IsFolder || !place.IsFolder)
        {
            throw Clash(
                name, before.IsFolder == place.IsFolder ? "it is there twice" : "it is a file and a folder at once");
        }

        if (place.IsOffered && before.IsOffered)
        {
            throw Clash(name, "it is there twice");
        }

        _places[key] = before with { IsOffered = before.IsOffered || place.IsOffered };
    }

    private static TransferException Clash(OfferedName name, string problem) => new(
        TransferFailure.NameRefused, $"The name \"{name}\" is refused: {problem}.", name.Text);

    private sealed record Place(string Path, bool IsFolder, bool IsOffered);
}
