using System.Runtime.InteropServices;
using Switchboard.Engines.Sockets;

namespace Switchboard.Engines.Epoll;

/// <summary>Options of a socket, by descriptor.</summary>
internal static unsafe class SocketNumbers
{
    /// <summary>The error that the socket has met, as a number, and 0 for none. Asking takes it away.</summary>
    public static int GetError(int descriptor)
    {
        int error;
        uint length = sizeof(int);
        return Libc.GetOption(descriptor, Libc.SolSocket, Libc.SoError, &error, &length) == 0 ? error : 0;
    }

    /// <summary>Has the kernel send a reset when the socket is closed.</summary>
    public static void ResetOnClose(int descriptor)
    {
        var lingerForNoTime = stackalloc int[] { 1, 0 };
        _ = Libc.SetOption(descriptor, Libc.SolSocket, Libc.SoLinger, lingerForNoTime, 2 * sizeof(int));
    }

    public static PeerCredentials? GetPeerCredentials(int descriptor)
    {
        var numbers = stackalloc int[3];
        uint length = 3 * sizeof(int);
        return Libc.GetOption(descriptor, Libc.SolSocket, Libc.SoPeerCredentials, numbers, &length) == 0
            ? new PeerCredentials(numbers[0], numbers[1], numbers[2])
            : null;
    }

    /// <summary>Tells the peer that nothing more will be sent.</summary>
    /// <returns>0, or an error number, negated.</returns>
    public static int Shutdown(int descriptor) =>
        Libc.Shutdown(descriptor, Libc.ShutWrite) == 0 ? 0 : -Marshal.GetLastPInvokeError();

    /// <summary>Whether a send would not have to wait: there is room, or an error to be told.</summary>
    public static bool IsWritable(int descriptor)
    {
        var asked = new Libc.PollEntry { Descriptor = descriptor, Asked = Libc.PollOut };
        return Libc.Poll(&asked, 1, timeoutMilliseconds: 0) > 0;
    }

    /// <summary>What every TCP connection is given; a listener's are handed on to what it accepts.</summary>
    public static void SetTcpOptions(int descriptor)
    {
        Set(descriptor, Libc.IpProtoTcp, Libc.TcpNoDelay, 1);
        Set(descriptor, Libc.SolSocket, Libc.SoKeepAlive, 1);
        Set(descriptor, Libc.IpProtoTcp, Libc.TcpKeepIdle, TcpDefaults.KeepAliveAfterSeconds);
        Set(descriptor, Libc.IpProtoTcp, Libc.TcpKeepInterval, TcpDefaults.KeepAliveEverySeconds);
        Set(descriptor, Libc.IpProtoTcp, Libc.TcpKeepCount, TcpDefaults.KeepAliveProbes);
    }

    public static void Set(int descriptor, int level, int name, int value) =>
        _ = TrySet(descriptor, level, name, value);

    public static bool TrySet(int descriptor, int level, int name, int value) =>
        Libc.SetOption(descriptor, level, name, &value, sizeof(int)) == 0;
}
