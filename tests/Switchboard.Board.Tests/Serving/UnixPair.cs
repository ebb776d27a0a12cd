using System.Net.Sockets;

namespace Switchboard.Board.Tests.Serving;

/// <summary>Two Unix domain sockets of the framework that are connected, of which the library knows nothing.</summary>
internal sealed class UnixPair : IDisposable
{
    private UnixPair(Socket near, Socket far)
    {
        Near = near;
        Far = far;
    }

    public Socket Near { get; }

    /// <summary>The end that was accepted.</summary>
    public Socket Far { get; }

    public static UnixPair Open(string path)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        var near = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        near.Connect(new UnixDomainSocketEndPoint(path));
        return new UnixPair(near, listener.Accept());
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }
}
