namespace Switchboard.Transports.SharedMemory;

/// <summary>What a server says to a client that greets. The numbers go through the socket.</summary>
internal enum Verdict
{
    /// <summary>The memory is there to be opened.</summary>
    Welcome = 0,

    /// <summary>The server speaks another version, which is in the answer.</summary>
    OtherVersion = 1,

    /// <summary>The client is another user's process.</summary>
    OtherUser = 2,

    /// <summary>The system has no memory left for another connection.</summary>
    NoMemory = 3,
}
