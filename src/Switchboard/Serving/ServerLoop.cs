namespace Switchboard;

/// <summary>On what a server's handlers run.</summary>
public enum ServerLoop
{
    /// <summary>On the engine's threads, many connections on each: for any number of connections.</summary>
    Async,

    /// <summary>
    /// On a thread for each connection, where receiving and sending block: for handlers that call what blocks. A
    /// handler that awaits anything but its connection goes on without the thread, as asynchronous code does.
    /// </summary>
    Thread,

    /// <summary>
    /// In a process for each connection, so that no handler can harm another: Linux only. This program is started again
    /// with the same arguments; there the same start of a server serves that one connection, every other start of a
    /// server waits for nobody, and the process ends when its connection has. What the program does before is done in
    /// each process again. Counts of bytes stay with the process.
    /// </summary>
    Process,
}
