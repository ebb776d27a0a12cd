namespace Switchboard.Files;

/// <summary>A file or a folder of a <see cref="SharedFolder"/>.</summary>
/// <param name="Name">Without the folders above it; empty for the shared folder itself.</param>
/// <param name="IsFolder">Which of the two.</param>
/// <param name="Bytes">How long the file is; 0 for a folder.</param>
/// <param name="Changed">When it was written last, in UTC.</param>
public sealed record SharedEntry(string Name, bool IsFolder, long Bytes, DateTime Changed);
