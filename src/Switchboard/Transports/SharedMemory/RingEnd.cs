namespace Switchboard.Transports.SharedMemory;

/// <summary>Whose end of a connection this is: the client sends through the first ring.</summary>
internal enum RingEnd
{
    Client,
    Server,
}
