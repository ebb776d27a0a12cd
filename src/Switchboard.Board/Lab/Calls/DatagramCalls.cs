using Switchboard.Board.Explaining;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Lab.Calls;

/// <summary>The calls that move datagrams.</summary>
/// <param name="sockets">Those of the lesson.</param>
internal sealed class DatagramCalls(LabSockets sockets)
{
    public StartedCall SendTo(LessonStep step, int number)
    {
        var socket = sockets[step.Socket!];
        var to = sockets.AddressOf(step.To!, step.Address, LabSocketKind.Udp);
        var bytes = ByteCalls.PatternOf(step);
        return new StartedCall($"sendto({socket.Name}, {ByteNotation.Quote(bytes)}, {bytes.Length}, {to})", () =>
        {
            var outcome = CallOutcome.Of(SystemCalls.SendTo(
                socket.Descriptor, bytes, bytes.Length, SystemCalls.DontWait, Address.Of(to), Address.Length));
            socket.Local ??= Address.LocalOf(socket.Descriptor);
            return Arrive(outcome, sockets.All.FirstOrDefault(each => IsAt(each, to)), bytes, number);
        });
    }

    /// <summary>A datagram to where a socket is connected to, as often as <c>count</c> says.</summary>
    public StartedCall Send(LessonStep step, int number)
    {
        var socket = sockets[step.Socket!];
        var bytes = ByteCalls.PatternOf(step);
        var times = step.Count ?? 1;
        var text = times == 1 ? $"send({socket.Name}, {ByteNotation.Quote(bytes)}, {bytes.Length})"
            : $"{times} × send({socket.Name}, {ByteNotation.Quote(bytes)}, {bytes.Length})";
        return new StartedCall(text, () =>
        {
            var sent = 0L;
            for (var time = 0; time < times; time++)
            {
                var outcome = CallOutcome.Of(SystemCalls.Send(
                    socket.Descriptor, bytes, bytes.Length, SystemCalls.NoSignal | SystemCalls.DontWait));
                Arrive(outcome, sockets.All.FirstOrDefault(each => IsAt(each, socket.Remote)), bytes, number);
                if (outcome.Errno != 0)
                {
                    return outcome;
                }

                sent += outcome.Value;
            }

            return new CallOutcome(sent);
        })
        {
            Meaning = times == 1 ? "sendto" : "volley",
        };
    }

    public StartedCall ReceiveFrom(LessonStep step)
    {
        var socket = sockets[step.Socket!];
        return new StartedCall($"{(step.Call == "recv" ? "recv" : "recvfrom")}({socket.Name}, {step.Count})", () =>
        {
            var buffer = new byte[step.Count!.Value];

            // With this flag the kernel tells how long the datagram was; programs rarely ask.
            var outcome = CallOutcome.Of(SystemCalls.Receive(
                socket.Descriptor, buffer, buffer.Length, SystemCalls.DontWait | SystemCalls.WholeLength));
            if (outcome.Errno == SystemError.TryAgain && !socket.IsNonBlocking)
            {
                return null;
            }

            return outcome.Errno == 0 ? Take(socket, buffer, outcome.Value) : outcome;
        })
        {
            Meaning = "recvfrom",
        };
    }

    private static CallOutcome Take(LabSocket socket, byte[] buffer, long whole)
    {
        socket.Incoming?.ReadOne();
        var received = (int)Math.Min(whole, buffer.Length);
        return new CallOutcome(received)
        {
            Bytes = buffer.AsMemory(0, Math.Min(received, CallOutcome.MaxShownBytes)),
            Note = whole > received ? $"{whole - received} bytes of the datagram are thrown away" : null,
        };
    }

    private static bool IsAt(LabSocket socket, System.Net.IPEndPoint? to) =>
        socket.Kind == LabSocketKind.Udp && !socket.IsClosed && to is not null && to.Equals(socket.Local);

    // A datagram that finds no room is not in the queue, and nobody hears of it.
    private static CallOutcome Arrive(CallOutcome sent, LabSocket? to, byte[] bytes, int number)
    {
        if (sent.Errno == 0 && to is not null && !to.HasDroppedMore())
        {
            to.Incoming ??= new Flow { KeepsBorders = true };
            to.Incoming.Grow(to.Incoming.Begin(number, bytes), bytes.Length);
        }

        return sent;
    }
}
