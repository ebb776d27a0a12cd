using System.Net;
using System.Net.Sockets;

namespace Switchboard.Tests;

/// <summary>
/// Ports for programs that have to be told one. They lie below those that Linux gives to whoever asks for port 0 or
/// connects, and a locked file keeps other test programs off them: a port that was free once is not taken by a stranger
/// before it is used.
/// </summary>
internal static class FreePort
{
    private const int First = 15_000;
    private const int End = 32_000;

    // Held until this process ends, however it ends.
    private static readonly List<FileStream> Locks = [];

    /// <summary>A port, the same for TCP and UDP, that nobody uses and nobody else is given.</summary>
    public static int Next()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "switchboard-test-ports")).FullName;
        lock (Locks)
        {
            for (var tries = 0; tries < End - First; tries++)
            {
                var port = Random.Shared.Next(First, End);
                if (TryLock(Path.Combine(folder, $"{port}")) && IsFree(port))
                {
                    return port;
                }
            }
        }

        throw new InvalidOperationException($"No port from {First} to {End} is free.");
    }

    private static bool TryLock(string path)
    {
        try
        {
            Locks.Add(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsFree(int port) =>
        CanBind(SocketType.Stream, ProtocolType.Tcp, port) && CanBind(SocketType.Dgram, ProtocolType.Udp, port);

    // Both families, since some programs listen on both.
    private static bool CanBind(SocketType type, ProtocolType protocol, int port)
    {
        try
        {
            using var probe = new Socket(AddressFamily.InterNetworkV6, type, protocol) { DualMode = true };
            probe.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
