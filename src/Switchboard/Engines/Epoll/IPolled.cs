namespace Switchboard.Engines.Epoll;

/// <summary>A descriptor that a loop polls, from its registration until it is closed.</summary>
internal interface IPolled
{
    /// <summary>The loop that polls it.</summary>
    EventLoop Loop { get; }

    /// <summary>
    /// Under which the kernel reports it: an event that comes late, after the descriptor was closed and given to
    /// another, finds nobody.
    /// </summary>
    PolledKey Key { get; }

    /// <summary>By which it asks.</summary>
    Kernel Kernel { get; }

    /// <summary>Whether its code has kept a loop waiting, and runs on lanes until it is quick again.</summary>
    bool IsBlocker { get; }

    /// <summary>A token that others watch, and tell of its cancellation.</summary>
    CancellationToken WatchedToken { get; }

    /// <summary>
    /// Something happened to the descriptor, or did a while ago, or was told already: that is harmless.
    /// </summary>
    void Happen(uint happenings);

    /// <summary>Its code keeps a loop waiting: from now on it runs on lanes.</summary>
    void NoteStall();

    /// <summary>Its code ran on a lane, and was quick or not.</summary>
    void NoteLaneRun(bool wasQuick);

    /// <summary>The engine ends, and it with it.</summary>
    void Abandon();
}
