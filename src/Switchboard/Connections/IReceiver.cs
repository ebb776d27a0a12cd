namespace Switchboard.Connections;

/// <summary>
/// Hears how a receive that had to wait has ended, before its caller does. A wire that knows its receiver saves each
/// receive an asynchronous method around it.
/// </summary>
internal interface IReceiver
{
    /// <summary>Bytes came, or the end did.</summary>
    /// <param name="count">How many; 0 for the end, or for a receive into an empty buffer.</param>
    /// <param name="asked">For how many.</param>
    /// <returns>What the caller is to be thrown instead; null for nothing.</returns>
    Exception? EndReceive(int count, int asked);

    /// <summary>The receive failed.</summary>
    /// <returns>What the caller is to be thrown.</returns>
    Exception EndReceive(Exception error, CancellationToken cancellationToken);
}
