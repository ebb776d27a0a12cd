using Switchboard.Engines.Epoll;

namespace Switchboard.Tests.Engines.Epoll;

/// <summary>An event under a key whose descriptor may have been closed, and given to another, meanwhile.</summary>
internal sealed class LateEvent(EventLoop loop, PolledKey key) : IThreadPoolWorkItem
{
    public EventLoop Loop => loop;

    // Room to send: to whoever is still there it means only that a send may be tried.
    public void Execute() => loop.Deliver(key.Bits, Libc.EpollOut);
}
