namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>What Kestrel listens, receives and sends with.</summary>
public enum WebTransport
{
    /// <summary>Kestrel's own.</summary>
    Own,

    /// <summary>Ours, on the framework's sockets.</summary>
    Sockets,

    /// <summary>Ours, on event loops.</summary>
    Epoll,

    /// <summary>The same, with the application on the thread pool.</summary>
    EpollAndPool,
}
