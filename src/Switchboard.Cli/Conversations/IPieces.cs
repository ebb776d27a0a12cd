namespace Switchboard.Cli.Conversations;

/// <summary>What goes to the peer, piece by piece: bytes as they come, or lines that become frames.</summary>
internal interface IPieces
{
    /// <summary>Yields each piece until there are no more. It is valid until the next one is asked for.</summary>
    /// <param name="stopping">Ends the wait for a piece with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="IOException">The source cannot be read.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync(CancellationToken stopping);
}
