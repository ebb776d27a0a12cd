namespace Switchboard.Board.Explaining;

/// <summary>An error of the Linux kernel: its number, its name, and what it means to who made the call.</summary>
/// <param name="Number">What <c>errno</c> holds.</param>
/// <param name="Name">How manuals and programs write it.</param>
/// <param name="Sentence">What happened, for somebody who meets it for the first time.</param>
internal sealed record SystemError(int Number, string Name, string Sentence)
{
    internal const int NotAllowed = 1;
    internal const int NoPeerYet = 6;
    internal const int BadDescriptor = 9;
    internal const int TryAgain = 11;
    internal const int Misused = 22;
    internal const int InProgress = 115;

    private static readonly Dictionary<int, SystemError> All = new SystemError[]
    {
        new(1, "EPERM", "The kernel does not allow this to this user."),
        new(2, "ENOENT", "There is no file of this name."),
        new(4, "EINTR", "A signal came first; nothing was done, and the call can be made again."),
        new(6, "ENXIO", "Nobody has opened the other end yet."),
        new(9, "EBADF", "The descriptor is closed: the number stands for nothing any more."),
        new(11, "EAGAIN", "Nothing can be done right now, and the socket was told not to wait: try again later."),
        new(13, "EACCES", "This user may not use that address or file."),
        new(22, "EINVAL", "The call does not fit the state that the socket is in."),
        new(24, "EMFILE", "The process has as many descriptors open as it may have."),
        new(32, "EPIPE", "Nobody will ever read this: the connection is closed for sending."),
        new(88, "ENOTSOCK", "The descriptor is not a socket."),
        new(89, "EDESTADDRREQ", "A datagram needs an address to go to, and none was given."),
        new(90, "EMSGSIZE", "The datagram is larger than one may be."),
        new(95, "EOPNOTSUPP", "This kind of socket cannot do that."),
        new(97, "EAFNOSUPPORT", "The address is of another family than the socket."),
        new(98, "EADDRINUSE", "Something still holds this address and port: a socket that listens, or an old "
            + "connection that the kernel remembers."),
        new(99, "EADDRNOTAVAIL", "This machine does not have that address."),
        new(101, "ENETUNREACH", "No way leads to that network."),
        new(103, "ECONNABORTED", "The peer was gone before it was accepted."),
        new(104, "ECONNRESET", "The peer broke the connection off. It closed while bytes lay unread, or its program "
            + "died; what was under way is lost."),
        new(106, "EISCONN", "The socket is connected already."),
        new(107, "ENOTCONN", "The socket is not connected to anybody."),
        new(110, "ETIMEDOUT", "No answer came in time. The peer's machine or the way to it is gone, or drops "
            + "what is sent."),
        new(111, "ECONNREFUSED", "The machine is there, and said no: nobody listens at that port."),
        new(113, "EHOSTUNREACH", "No way leads to that machine."),
        new(114, "EALREADY", "An earlier connect is still under way."),
        new(115, "EINPROGRESS", "The handshake has begun and goes on by itself; the socket was told not to "
            + "wait for it."),
    }.ToDictionary(error => error.Number);

    /// <summary>The error of this number; one without a name of its own is called by its number.</summary>
    public static SystemError Of(int number) => All.TryGetValue(number, out var error)
        ? error
        : new SystemError(number, $"errno {number}", "The kernel refused, for a reason that is rare with sockets.");

    /// <summary>Whether there is an error of that name.</summary>
    public static bool IsName(string name) => All.Values.Any(error => error.Name == name);
}
