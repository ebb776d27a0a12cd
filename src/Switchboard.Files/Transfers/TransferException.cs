namespace Switchboard.Files;

/// <summary>
/// Files were not sent or not received, although the connection works. What has arrived of unfinished files stays, and
/// is used when they are sent again, unless the failure says that it is wrong.
/// </summary>
public sealed class TransferException : IOException
{
    /// <param name="failure">What kind it is.</param>
    /// <param name="message">What happened, as a sentence.</param>
    /// <param name="name">The file's name between the ends, if it is about one.</param>
    /// <param name="innerException">What the system said.</param>
    public TransferException(
        TransferFailure failure, string message, string? name = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Failure = failure;
        Name = name;
    }

    /// <summary>What kind it is.</summary>
    public TransferFailure Failure { get; }

    /// <summary>The file's name as the ends know it, safe to be shown; null if no single file is to blame.</summary>
    public string? Name { get; }

    /// <summary>The number of the file in the offer, for the peer, which knows it by that; -1 for none.</summary>
    internal int Index { get; set; } = -1;

    /// <summary>Whether the peer has said so, and need not be told.</summary>
    internal bool IsFromPeer { get; init; }
}
