namespace Switchboard.Files;

/// <summary>What of a <see cref="SharedFolder"/> is shown.</summary>
public sealed record SharedFolderOptions
{
    /// <summary>Whether files and folders are shown whose names begin with a dot. Default not.</summary>
    public bool ShowsHidden { get; init; }
}
