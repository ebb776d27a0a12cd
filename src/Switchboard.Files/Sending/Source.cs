using Switchboard.Files.Names;
using Switchboard.Files.Protocol;

namespace Switchboard.Files.Sending;

/// <summary>Something to send.</summary>
/// <param name="Entry">What the receiver is told of it.</param>
/// <param name="Path">Where it is; null for a stream.</param>
/// <param name="Content">The stream; null for what has a path.</param>
/// <param name="Changed">When it was last written.</param>
internal sealed record Source(Entry Entry, string? Path, Stream? Content, DateTime Changed)
{
    public OfferedName Name => Entry.Name;
}
