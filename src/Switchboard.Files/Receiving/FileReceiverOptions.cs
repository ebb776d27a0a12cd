using Switchboard.Files.Storing;

namespace Switchboard.Files;

/// <summary>How to receive files.</summary>
public sealed record FileReceiverOptions
{
    /// <summary>The folder that everything is received into; it has to be there. Default: the current one.</summary>
    public string Folder { get; init; } = ".";

    /// <summary>
    /// What the one file is to be called, whatever the sender calls it: a name in <see cref="Folder"/>. More than one
    /// file is then refused. Null, the default, for the sender's names.
    /// </summary>
    public string? FileName { get; init; }

    /// <summary>
    /// Takes the one file instead of the folder; it is verified only when all of it has been written. Flushed at the
    /// end, never disposed. Null by default.
    /// </summary>
    public Stream? Output { get; init; }

    /// <summary>How much is taken.</summary>
    public TransferLimits Limits { get; init; } = TransferLimits.Default;

    /// <summary>What keeps strangers out. Default <see cref="Protection.Ticket"/>.</summary>
    public Protection Protection { get; init; } = Protection.Ticket;

    /// <summary>How to listen; its TLS is replaced. The connections' clock times the proofs, too.</summary>
    public ListenOptions Listen { get; init; } = new();

    /// <summary>Told after every piece, from whichever thread received it; must return soon and not throw.</summary>
    public IProgress<TransferProgress>? Progress { get; init; }

    /// <summary>
    /// Told when a transfer was interrupted, and the sender is waited for again; must return soon and not throw.
    /// </summary>
    public Action<Exception>? Interrupted { get; init; }

    /// <summary>Opens the folder: a test brings disks that fail.</summary>
    internal Func<string, TargetTree> OpenTree { get; init; } = TargetTree.Open;

    internal static FileReceiverOptions Default { get; } = new();
}
