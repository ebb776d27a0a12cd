using System.Globalization;
using System.Runtime.InteropServices;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Lab.Calls;

/// <summary>Faults of whole connections, on the real sockets: each works on those of its ends that are there.</summary>
/// <param name="sockets">Those of the lesson.</param>
/// <param name="time">The clock.</param>
internal sealed class FaultCalls(LabSockets sockets, TimeProvider time)
{
    private const int SocketLevel = 1;
    private const int SendBuffer = 7;
    private const int ReceiveBuffer = 8;
    private const int TcpLevel = 6;
    private const int NoDelay = 1;

    // Whatever is less than the kernel allows becomes the least that it allows.
    private const int AsLittleAsPossible = 1;

    /// <summary>
    /// Nothing arrives for a while. Nobody holds packets back on loopback: they are lost, and the kernel that sent them
    /// sends them again until they are there, as it does for everyone whose network stutters.
    /// </summary>
    public StartedCall Delay(LessonStep step)
    {
        var lasts = TimeSpan.FromMilliseconds(step.Value!.Value);
        var began = -1L;
        return new StartedCall(
            string.Create(CultureInfo.InvariantCulture, $"nothing arrives for {lasts.TotalSeconds:0.#} s"), () =>
        {
            if (began < 0)
            {
                began = time.GetTimestamp();
                ForEachEnd(step, socket => PacketFilter.DropEverything(socket));
            }

            if (time.GetElapsedTime(began) < lasts)
            {
                return null;
            }

            ForEachEnd(step, socket => socket.IsCut ? 0 : PacketFilter.LetPass(socket));
            return new CallOutcome(0) { Note = PacketFilter.LimitOf(EndsOf(step)) };
        });
    }

    /// <summary>From here on each byte is a send, and a segment, of its own.</summary>
    public StartedCall Slice(LessonStep step) => new("each byte by a send of its own", () =>
    {
        ForEachEnd(step, socket =>
        {
            socket.IsSliced = true;
            return Set(socket, TcpLevel, NoDelay, value: 1);
        });
        return new CallOutcome(0);
    });

    /// <summary>The buffers of both ends become as small as the kernel allows.</summary>
    public StartedCall Shrink(LessonStep step) => new("SO_SNDBUF and SO_RCVBUF as small as possible", () =>
    {
        var notes = new List<string>();
        ForEachEnd(step, socket =>
        {
            var failed = Set(socket, SocketLevel, SendBuffer, AsLittleAsPossible)
                | Set(socket, SocketLevel, ReceiveBuffer, AsLittleAsPossible);
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{socket.Name}: {Get(socket, SendBuffer):N0} to send, {Get(socket, ReceiveBuffer):N0} to receive"));
            return failed;
        });
        return new CallOutcome(0) { Note = string.Join("; ", notes) };
    });

    private static int Set(LabSocket socket, int level, int option, int value) => SystemCalls.SetOption(
        socket.Descriptor, level, option, BitConverter.GetBytes(value), sizeof(int));

    private static int Get(LabSocket socket, int option)
    {
        Span<byte> value = stackalloc byte[sizeof(int)];
        var length = value.Length;
        return SystemCalls.GetOption(socket.Descriptor, SocketLevel, option, value, ref length) == 0
            ? MemoryMarshal.Read<int>(value)
            : 0;
    }

    private void ForEachEnd(LessonStep step, Func<LabSocket, int> act)
    {
        foreach (var socket in EndsOf(step))
        {
            _ = act(socket);
        }
    }

    private List<LabSocket> EndsOf(LessonStep step) =>
        [.. step.Sockets!.Select(sockets.Find).OfType<LabSocket>().Where(socket => !socket.IsClosed)];
}
