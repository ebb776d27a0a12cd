namespace Switchboard.Engines.Epoll;

/// <summary>
/// What a test lets go wrong between the engine and the kernel. A call that is said to fail is not made; whoever says
/// that there is nothing, although there may be, has to deliver an event later, as the kernel would.
/// </summary>
internal interface IFaults
{
    /// <summary>Whether a receive fails, and with which error number; it may ask for less.</summary>
    bool TryFailReceive(int descriptor, ref int length, out int errno);

    /// <summary>Whether a send fails, and with which error number; it may offer less.</summary>
    bool TryFailSend(int descriptor, ref int length, out int errno);

    /// <summary>Whether an accept fails, and with which error number.</summary>
    bool TryFailAccept(int descriptor, out int errno);

    /// <summary>Called between a call that found nothing and the wait for an event.</summary>
    void BeforeParking(Operation operation);

    /// <summary>Called by a loop for each event, before it is delivered.</summary>
    void BeforeDelivery(IPolled source);
}
