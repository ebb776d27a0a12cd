using System.Net;
using System.Net.Sockets;

namespace Switchboard.Bench.Load.Generating;

/// <summary>Takes what comes on every connection and forgets it, on blocking threads.</summary>
internal sealed class BulkSink : IDisposable
{
    private const int PieceBytes = 256 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private long _received;

    public BulkSink()
    {
        _listener.Start();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public long Received => Interlocked.Read(ref _received);

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = _listener.AcceptSocket();
                new Thread(() => Drain(socket)) { IsBackground = true }.Start();
            }
        }
        catch (SocketException)
        {
            // It was disposed.
        }
    }

    private void Drain(Socket socket)
    {
        using (socket)
        {
            var piece = new byte[PieceBytes];
            try
            {
                while (socket.Receive(piece) is > 0 and var count)
                {
                    Interlocked.Add(ref _received, count);
                }
            }
            catch (SocketException)
            {
                // Whoever sends resets when it is done.
            }
        }
    }
}
