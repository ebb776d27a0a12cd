using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Switchboard.Bench.Load.Kernel;

/// <summary>
/// A connection, or a socket for datagrams, to a port of 127.0.0.1. Connecting blocks; receiving and sending never do.
/// </summary>
internal static unsafe class LoopbackSocket
{
    public const int WouldBlock = -1;

    private const int AddressBytes = 16;

    /// <param name="port">To connect to.</param>
    /// <param name="source">
    /// Which address to come from, counted from 127.0.0.1: one address has about 28,000 ports, and a port rests for a
    /// minute after its connection.
    /// </param>
    public static int Connect(int port, int source = 0)
    {
        var socket = Connect(port, Libc.SocketStream, source);
        var one = 1;
        Check(Libc.SetOption(socket, Libc.LevelTcp, Libc.TcpNoDelay, &one, sizeof(int)), socket, "setsockopt");
        return socket;
    }

    /// <param name="port">To connect to.</param>
    /// <param name="type">Stream or datagram.</param>
    /// <param name="source">As above; 0 for the system's choice.</param>
    public static int Connect(int port, int type, int source)
    {
        var one = 1;
        var socket = KernelException.Check(
            Libc.Socket(Libc.AddressFamilyInet, type | Libc.SocketCloseOnExec, 0), "socket");

        var address = stackalloc byte[AddressBytes];
        if (source > 0)
        {
            // The port is chosen at connect, when the kernel knows that only the four together have to be unique.
            var late = Libc.SetOption(socket, Libc.LevelIp, Libc.IpBindAddressNoPort, &one, sizeof(int));
            Check(late, socket, "setsockopt");
            Write(address, source, 0);
            Check(Libc.Bind(socket, address, AddressBytes), socket, "bind");
        }

        Write(address, 0, port);
        Check(Libc.Connect(socket, address, AddressBytes), socket, "connect");
        return socket;
    }

    /// <returns>How much, 0 at the end, or <see cref="WouldBlock"/>.</returns>
    public static int Receive(int socket, byte* buffer, int length)
    {
        var count = (int)Libc.Receive(socket, buffer, length, Libc.DontWait);
        return count >= 0 ? count : WouldBlockOr("recv");
    }

    /// <returns>How much, or <see cref="WouldBlock"/>.</returns>
    public static int Send(int socket, byte* bytes, int length)
    {
        var count = (int)Libc.Send(socket, bytes, length, Libc.DontWait | Libc.NoSignal);
        return count >= 0 ? count : WouldBlockOr("send");
    }

    /// <returns>False when nothing came in time.</returns>
    public static bool WaitToReceive(int socket, int timeoutMilliseconds)
    {
        // struct pollfd: the descriptor, what is asked for, what is answered.
        var asked = stackalloc int[2] { socket, Libc.PollIn };
        return KernelException.Check(Libc.Poll(asked, 1, timeoutMilliseconds), "poll") > 0;
    }

    public static void Close(int socket) => _ = Libc.Close(socket);

    private static int WouldBlockOr(string call) =>
        Marshal.GetLastPInvokeError() == Libc.TryAgain ? WouldBlock : throw KernelException.Last(call);

    private static void Check(int result, int socket, string call)
    {
        if (result < 0)
        {
            var failure = KernelException.Last(call);
            Close(socket);
            throw failure;
        }
    }

    // struct sockaddr_in: the family in this machine's order, port and address in the network's.
    private static void Write(byte* address, int source, int port)
    {
        var bytes = new Span<byte>(address, AddressBytes);
        bytes.Clear();
        BitConverter.TryWriteBytes(bytes, (ushort)Libc.AddressFamilyInet);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], (ushort)port);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], 0x7F000001u + (uint)source);
    }
}
