namespace Switchboard.Tests.Engines.Epoll;

/// <summary>What can come between.</summary>
internal enum OperationEvent
{
    /// <summary>The kernel has something, and tells.</summary>
    Arrival,

    /// <summary>The kernel tells of nothing.</summary>
    Nothing,
    Stop,
    Cancel,
    Close,
}
