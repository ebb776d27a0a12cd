namespace Switchboard.Connections;

/// <summary>
/// Whoever stands in front of a wire. It hears how a receive that had to wait has ended, before its caller does: that
/// saves each receive an asynchronous method around it.
/// </summary>
internal interface IWireOwner
{
    /// <summary>Bytes came, or the end did.</summary>
    /// <param name="count">How many; 0 for the end, or for a receive into an empty buffer.</param>
    /// <param name="asked">For how many.</param>
    /// <param name="into">Where they are; empty if they did not come into this process.</param>
    /// <returns>What the caller is to be thrown instead; null for nothing.</returns>
    Exception? EndReceive(int count, int asked, ReadOnlyMemory<byte> into);

    /// <summary>The receive failed.</summary>
    /// <returns>What the caller is to be thrown.</returns>
    Exception EndReceive(Exception error, CancellationToken cancellationToken);

    /// <summary>Code of this connection keeps an engine's loop from the others. Called once, from any thread.</summary>
    void NoteStall();
}
