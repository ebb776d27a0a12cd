namespace Switchboard.Engines.Epoll;

/// <summary>
/// What a test lets go wrong between the engine and the kernel. A call that is said to fail is not made; whoever says
/// that there is nothing, although there may be, or asks for less, has to post the operation to its loop, as the kernel
/// would tell of what is left.
/// </summary>
internal interface IFaults
{
    /// <summary>Whether a receive fails, and with which error number; it may ask for less.</summary>
    bool TryFailReceive(Operation asker, ref int length, out int errno);

    /// <summary>Whether a send fails, and with which error number; it may offer less.</summary>
    bool TryFailSend(Operation asker, ref int length, out int errno);

    /// <summary>Whether an accept fails, and with which error number.</summary>
    bool TryFailAccept(Operation asker, out int errno);

    /// <summary>Called when nothing stands against waiting, just before the operation is seen to wait.</summary>
    void BeforeParking(Operation operation);

    /// <summary>Called by a loop for each event that it has claimed, before it is delivered.</summary>
    /// <param name="source">Whose event it is; null for the loop's own.</param>
    void BeforeDelivery(IPolled? source);
}
