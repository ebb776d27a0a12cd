using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Switchboard.Bench.Load.Kernel;

namespace Switchboard.Bench.Load.Generating;

/// <summary>
/// Connections that ask their handler to block its thread before it answers, and ask again when it has. Until they are
/// told to start they are idle.
/// </summary>
internal sealed unsafe class Blockers : IDisposable
{
    private const int MessageBytes = 32;

    private readonly int[] _sockets;
    private readonly int[] _received;
    private readonly byte* _message = (byte*)NativeMemory.AllocZeroed(MessageBytes);
    private readonly byte* _echo = (byte*)NativeMemory.Alloc(MessageBytes);

    public Blockers(int count, BlockingWay way, TimeSpan time)
    {
        _sockets = new int[count];
        _received = new int[count];
        _message[0] = (byte)way;
        BinaryPrimitives.WriteInt32LittleEndian(new Span<byte>(_message + 1, sizeof(int)), (int)time.TotalMilliseconds);
    }

    /// <summary>How often a handler has blocked and answered.</summary>
    public int Answers { get; private set; }

    /// <param name="port">To connect to.</param>
    /// <param name="events">Is told of these connections too.</param>
    /// <param name="firstToken">The token of the first one; the others follow.</param>
    public void Connect(int port, EventQueue events, int firstToken)
    {
        for (var number = 0; number < _sockets.Length; number++)
        {
            _sockets[number] = LoopbackSocket.Connect(port);
            events.Add(_sockets[number], firstToken + number);
        }
    }

    public void Start()
    {
        for (var number = 0; number < _sockets.Length; number++)
        {
            Ask(number);
        }
    }

    public void Serve(int number)
    {
        var count = LoopbackSocket.Receive(_sockets[number], _echo, MessageBytes - _received[number]);
        if (count == 0)
        {
            throw new EchoFailedException("The server closed a connection.");
        }

        _received[number] += Math.Max(count, 0);
        if (_received[number] == MessageBytes)
        {
            _received[number] = 0;
            Answers++;
            Ask(number);
        }
    }

    public void Dispose()
    {
        foreach (var socket in _sockets.Where(socket => socket > 0))
        {
            LoopbackSocket.Close(socket);
        }

        NativeMemory.Free(_message);
        NativeMemory.Free(_echo);
    }

    private void Ask(int number)
    {
        if (LoopbackSocket.Send(_sockets[number], _message, MessageBytes) != MessageBytes)
        {
            throw new EchoFailedException("The kernel takes no 32 bytes.");
        }
    }
}
