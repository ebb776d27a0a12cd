using Switchboard.Files.Names;
using Switchboard.Files.Transfers;

namespace Switchboard.Files.Protocol;

/// <summary>One file or folder of an offer.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Checked.</param>
/// <param name="Size">In bytes; <see cref="Wording.NoSize"/> for a stream, 0 for a folder.</param>
/// <param name="Traits">Of a file; a stream and a folder have none.</param>
internal sealed record Entry(EntryKind Kind, OfferedName Name, long Size, FileTraits Traits = default);
