namespace Switchboard.AspNetCore;

/// <summary>Where the application's code begins when bytes have come for it.</summary>
public enum ApplicationThread
{
    /// <summary>
    /// Where the engine received them. With the epoll engine that is its loop, which spares each request the way to
    /// another thread; code that blocks is moved to a thread of its own, and holds no other connection up.
    /// </summary>
    Engine,

    /// <summary>On the thread pool, as with Kestrel's own transport.</summary>
    Pool,
}
