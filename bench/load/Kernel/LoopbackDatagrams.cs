namespace Switchboard.Bench.Load.Kernel;

/// <summary>A UDP socket whose sends the kernel cuts into datagrams, and whose receives it joins.</summary>
internal static unsafe class LoopbackDatagrams
{
    /// <param name="port">Of 127.0.0.1; the only one heard.</param>
    /// <param name="datagramBytes">What each send is cut into.</param>
    public static int Connect(int port, int datagramBytes)
    {
        var socket = LoopbackSocket.Connect(port, Libc.SocketDatagram, 0);
        var one = 1;
        _ = Libc.SetOption(socket, Libc.LevelUdp, Libc.UdpSegment, &datagramBytes, sizeof(int));
        _ = Libc.SetOption(socket, Libc.LevelUdp, Libc.UdpJoin, &one, sizeof(int));
        return socket;
    }
}
