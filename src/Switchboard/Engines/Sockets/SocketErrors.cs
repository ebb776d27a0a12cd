using System.Net.Sockets;

namespace Switchboard.Engines.Sockets;

/// <summary>The operating system's errors in our words: the only place that knows both.</summary>
internal static class SocketErrors
{
    public static ConnectionException Translate(
        SocketException error,
        string operation,
        Endpoint? local,
        Endpoint remote) => error.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new ConnectionRefusedException(
            operation, local, remote, "refused: nothing listens there", error),

        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown
            or SocketError.NetworkReset or SocketError.NotConnected or SocketError.Disconnecting =>
            new ConnectionResetException(operation, local, remote, "the peer has ended the connection", error),

        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown
            or SocketError.NetworkDown or SocketError.AddressNotAvailable
            or SocketError.AddressFamilyNotSupported => new HostUnreachableException(
                operation, local, remote, "no route leads there", error),

        SocketError.TimedOut => TimedOut(operation, local, remote),

        SocketError.AccessDenied => new ConnectionException(
            operation, local, remote, "the operating system does not allow it to this user", error),

        SocketError.TooManyOpenSockets => new ConnectionException(
            operation, local, remote, "this process has no descriptors left (see ulimit -n)", error),

        SocketError.WouldBlock => new BacklogFullException(remote, error),

        _ => new ConnectionException(operation, local, remote, error.Message, error),
    };

    public static BindException TranslateBind(SocketException error, Endpoint endpoint) =>
        error.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => new BindException(
                endpoint, BindFailure.InUse, "the address is in use: another socket listens there", error),

            // For a path the framework reports a missing directory as an address that is not available.
            SocketError.AddressNotAvailable when endpoint is UnixEndpoint => new BindException(
                endpoint, BindFailure.NotFound, "the directory of the path does not exist", error),

            SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported => new BindException(
                endpoint, BindFailure.NotLocal, "the address is not one of this machine's", error),

            SocketError.AccessDenied => new BindException(
                endpoint, BindFailure.Denied, "the operating system does not allow it to this user", error),

            _ => new BindException(endpoint, BindFailure.Other, error.Message, error),
        };

    /// <param name="error">The operating system's word.</param>
    /// <param name="operation">What was being done.</param>
    /// <param name="local">This end; null if it has no address yet.</param>
    /// <param name="remote">The other end, or this one if nobody in particular was sent to.</param>
    /// <param name="length">How many bytes were to be sent.</param>
    public static Exception TranslateDatagram(
        SocketException error, string operation, UdpEndpoint? local, UdpEndpoint remote, int length) =>
        error.SocketErrorCode switch
        {
            SocketError.MessageSize => new DatagramTooLargeException(length, Math.Max(0, length - 1), remote, error),

            // Of datagrams only. Windows says "reset" where others say "refused".
            SocketError.ConnectionReset => new ConnectionRefusedException(
                operation, local, remote, "refused: nothing listens there", error),

            SocketError.AccessDenied => new InvalidOperationException(
                $"{operation} {remote}: the operating system does not allow it. If this is a broadcast address, set "
                + "DatagramOptions.AllowBroadcast; otherwise ask the firewall.",
                error),

            _ => Translate(error, operation, local, remote),
        };

    /// <summary>Whether the network tells of a datagram sent earlier: nothing is wrong with the socket.</summary>
    public static bool IsOfNetwork(SocketError error) => error is SocketError.ConnectionRefused
        or SocketError.ConnectionReset or SocketError.NetworkReset or SocketError.HostUnreachable
        or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown;

    public static AcceptException TranslateAccept(SocketException error, Endpoint local) =>
        error.SocketErrorCode switch
        {
            SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable => new AcceptException(
                local, AcceptFailure.OutOfResources, "this process has no descriptors or memory left", error),

            // The framework has no name for it, as for ENOMEM. A pause does no harm; trying again at once might.
            SocketError.SocketError => new AcceptException(
                local, AcceptFailure.OutOfResources, error.Message, error),

            SocketError.NotSocket or SocketError.InvalidArgument or SocketError.Fault => new AcceptException(
                local, AcceptFailure.Fatal, error.Message, error),

            // Linux hands over errors of the connection that was to be accepted; the listener is fine.
            _ => new AcceptException(local, AcceptFailure.PeerGone, error.Message, error),
        };

    private static ConnectionTimeoutException TimedOut(string operation, Endpoint? local, Endpoint remote) =>
        operation == "connect"
            ? new(TimeoutPhase.Connect, null, local, remote, "no answer; the operating system gave up")
            : new(TimeoutPhase.KeepAlive, null, local, remote, "the peer has stopped answering");
}
