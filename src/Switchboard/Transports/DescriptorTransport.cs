using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Switchboard.Engines;

namespace Switchboard.Transports;

/// <summary>
/// Sockets that this process was started with: a connection, as a server that starts a process for each hands it over,
/// or a listening one, as whoever starts servers on demand keeps it open between them.
/// </summary>
[SuppressMessage("Reliability", "CA2000", Justification = "Each is owned by what it is given to.")]
internal sealed class DescriptorTransport : ITransport
{
    private static readonly Lock Taking = new();
    private static readonly HashSet<int> Taken = [];

    public static DescriptorTransport Instance { get; } = new();

    public ValueTask<Wire> ConnectAsync(
        Endpoint endpoint,
        ConnectOptions options,
        CancellationToken cancellationToken)
    {
        var target = DefaultTransports.Expect<DescriptorEndpoint>(endpoint);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var socket = Take(target, mustListen: false);
            return new((options.Engine ?? Engine.Default).Adopt(socket));
        }
        catch (Exception error) when (error is SocketException or InvalidOperationException)
        {
            throw new ConnectionException("connect", null, target, error.Message, error);
        }
    }

    public ValueTask<WireListener> BindAsync(
        Endpoint endpoint,
        ListenOptions options,
        CancellationToken cancellationToken)
    {
        var asked = DefaultTransports.Expect<DescriptorEndpoint>(endpoint);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var socket = Take(asked, mustListen: true);
            return new((options.Engine ?? Engine.Default).AdoptListener(socket));
        }
        catch (Exception error) when (error is SocketException or InvalidOperationException)
        {
            throw new BindException(asked, BindFailure.Other, error.Message, error);
        }
    }

    /// <summary>The socket behind the number, which nobody else can take any more.</summary>
    /// <exception cref="InvalidOperationException">It was taken, or is nothing that can be taken.</exception>
    private static Socket Take(DescriptorEndpoint endpoint, bool mustListen)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException($"{endpoint}: descriptors can be taken over on Linux only.");
        }

        lock (Taking)
        {
            if (Taken.Contains(endpoint.Number))
            {
                throw new InvalidOperationException("the descriptor was taken before");
            }

            // First with its old number, so that what cannot be used stays as it is.
            ThrowIfUnfit(endpoint.Number, mustListen);
            Taken.Add(endpoint.Number);
            return new Socket(new SafeSocketHandle(Descriptors.TakeOver(endpoint.Number), ownsHandle: true));
        }
    }

    private static void ThrowIfUnfit(int descriptor, bool mustListen)
    {
        using var look = Open(descriptor);
        if (look.SocketType != SocketType.Stream)
        {
            throw new InvalidOperationException("the descriptor is a socket for datagrams, not for connections");
        }

        var listens = look.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.AcceptConnection) is not 0;
        if (listens != mustListen)
        {
            throw new InvalidOperationException(listens
                ? "the descriptor is a socket that listens; it can be listened at, not connected to"
                : "the descriptor is a socket that does not listen; it can be connected to, not listened at");
        }

        if (!mustListen && !look.Connected)
        {
            throw new InvalidOperationException("the descriptor is a socket that is not connected");
        }
    }

    private static Socket Open(int descriptor)
    {
        var copy = Duplicate(descriptor);
        try
        {
            var socket = new Socket(new SafeSocketHandle(copy, ownsHandle: true));
            return socket.SocketType == SocketType.Unknown ? throw IsNoSocket(null) : socket;
        }
        catch (SocketException error)
        {
            throw IsNoSocket(error);
        }
    }

    private static int Duplicate(int descriptor)
    {
        try
        {
            return Descriptors.Duplicate(descriptor);
        }
        catch (SocketException error)
        {
            throw new InvalidOperationException("this process has no such descriptor", error);
        }
    }

    private static InvalidOperationException IsNoSocket(Exception? error) =>
        new("the descriptor is no socket; a file or a pipe cannot be talked to in both directions", error);
}
