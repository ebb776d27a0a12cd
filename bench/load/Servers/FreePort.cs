using System.Net;
using System.Net.Sockets;

namespace Switchboard.Bench.Load.Servers;

/// <summary>Ports that nobody holds, below those that the kernel gives to clients: no load can take one.</summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Last = 32_000;

    private static int _next = First + (Environment.ProcessId % (Last - First));

    public static int Take()
    {
        for (var tried = First; tried < Last; tried++)
        {
            _next = _next + 1 < Last ? _next + 1 : First;
            if (IsFree(_next))
            {
                return _next;
            }
        }

        throw new ServerFailedException($"No port from {First} to {Last} is free.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
