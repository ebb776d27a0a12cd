namespace Switchboard.Files.Storing;

/// <summary>What a name in a folder is.</summary>
internal enum PlaceKind
{
    Nothing,
    File,
    Folder,

    /// <summary>A link, a device, a pipe, a socket: nothing that is received into or over.</summary>
    Other,
}
