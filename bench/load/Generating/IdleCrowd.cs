using System.Runtime.InteropServices;
using Switchboard.Bench.Load.Kernel;

namespace Switchboard.Bench.Load.Generating;

/// <summary>
/// Many connections that say one thing and then nothing, until they are asked whether they still live.
/// </summary>
internal sealed unsafe class IdleCrowd(int port, int count) : IDisposable
{
    private const int MessageBytes = 32;
    private const int ConnectionsPerSource = 4_000;
    private const int MaxSilenceMilliseconds = 10_000;

    private readonly List<int> _sockets = new(count);
    private readonly byte* _bytes = (byte*)NativeMemory.AllocZeroed(MessageBytes);

    /// <exception cref="EchoFailedException">One was not answered.</exception>
    public void Connect()
    {
        for (var number = 0; number < count; number++)
        {
            _sockets.Add(LoopbackSocket.Connect(port, number / ConnectionsPerSource));
            Exchange(_sockets[number]);
        }
    }

    /// <summary>Every connection once more sends a message and waits for its echo.</summary>
    /// <exception cref="EchoFailedException">One was not answered.</exception>
    public void SpeakAgain() => _sockets.ForEach(Exchange);

    public void Dispose()
    {
        _sockets.ForEach(LoopbackSocket.Close);
        NativeMemory.Free(_bytes);
    }

    private void Exchange(int socket)
    {
        var bytes = new Span<byte>(_bytes, MessageBytes);
        bytes.Fill((byte)'i');
        if (LoopbackSocket.Send(socket, _bytes, MessageBytes) != MessageBytes)
        {
            throw new EchoFailedException("The kernel takes no 32 bytes.");
        }

        bytes.Clear();
        var received = 0;
        while (received < MessageBytes)
        {
            if (!LoopbackSocket.WaitToReceive(socket, MaxSilenceMilliseconds))
            {
                throw new EchoFailedException("The server has not answered for ten seconds.");
            }

            var more = LoopbackSocket.Receive(socket, _bytes + received, MessageBytes - received);
            if (more == 0)
            {
                throw new EchoFailedException("The server closed a connection.");
            }

            received += Math.Max(more, 0);
        }

        if (bytes.ContainsAnyExcept((byte)'i'))
        {
            throw new EchoFailedException("The server sent other bytes than it was sent.");
        }
    }
}
