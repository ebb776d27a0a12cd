using System.Net;
using System.Net.Sockets;

namespace Switchboard.Board.Tests.Kernel;

/// <summary>Two sockets of the framework that are connected: no part of the library stands between.</summary>
internal sealed class LoopbackPair : IDisposable
{
    private LoopbackPair(Socket near, Socket far)
    {
        Near = near;
        Far = far;
    }

    public Socket Near { get; }

    public Socket Far { get; }

    public static LoopbackPair Open(IPAddress address)
    {
        using var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(address, 0));
        listener.Listen(1);
        var near = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        near.Connect(listener.LocalEndPoint!);
        return new LoopbackPair(near, listener.Accept());
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }
}
