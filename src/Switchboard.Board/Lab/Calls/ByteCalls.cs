using Switchboard.Board.Explaining;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Lab.Calls;

/// <summary>The calls that move bytes through connections and pipes, and end them.</summary>
/// <param name="sockets">Those of the lesson.</param>
/// <param name="time">The clock.</param>
internal sealed class ByteCalls(LabSockets sockets, TimeProvider time)
{
    private const int MaxPlainBytes = 16 * 1024;

    // Long enough to receive in between.
    private static readonly TimeSpan BetweenSlices = TimeSpan.FromMilliseconds(500);

    public StartedCall Send(LessonStep step, int number)
    {
        var socket = sockets[step.Socket!];
        var (pattern, length) = (PatternOf(step), LengthOf(step));
        return socket.Tls is { } tls ? SendEncrypted(socket, tls, step, number)
            : socket.IsSliced ? SendInSlices(socket, ByteNotation.Repeat(pattern, length), number)
            : SendAll(
                $"send({socket.Name}, {ByteNotation.Quote(step)}, {length})", socket, pattern, length, number);
    }

    public StartedCall Write(LessonStep step, int number)
    {
        var pipe = sockets[step.Socket!];
        return SendAll(
            $"write({pipe.Name}, {ByteNotation.Quote(step)}, {LengthOf(step)})",
            pipe, PatternOf(step), LengthOf(step), number);
    }

    public StartedCall Receive(LessonStep step)
    {
        var socket = sockets[step.Socket!];
        var count = step.Count!.Value;
        return new StartedCall($"recv({socket.Name}, {count})", () => socket.Tls is { } tls
            ? DecryptWhatComes(socket, tls, count)
            : ReceiveInto(socket, new byte[count]));
    }

    public StartedCall Read(LessonStep step)
    {
        var pipe = sockets[step.Socket!];
        return new StartedCall(
            $"read({pipe.Name}, {step.Count})", () => ReceiveInto(pipe, new byte[step.Count!.Value]));
    }

    public StartedCall Shutdown(LessonStep step)
    {
        var socket = sockets[step.Socket!];
        return new StartedCall(
            $"shutdown({socket.Name}, SHUT_WR)",
            () => CallOutcome.Of(SystemCalls.Shutdown(socket.Descriptor, SystemCalls.FinishSending)));
    }

    public StartedCall Close(LessonStep step)
    {
        var socket = sockets[step.Socket!];
        return new StartedCall($"close({socket.Name})", () => CallOutcome.Of(socket.Close()));
    }

    public StartedCall Poll(LessonStep step)
    {
        var watched = step.Sockets!.Select(name => sockets[name]).ToList();
        var wanted = step.Kind == "write" ? SystemCalls.Writable : SystemCalls.Readable;
        var patience = step.PatienceMilliseconds is { } milliseconds ? $", {milliseconds} ms" : "";
        var forWhat = step.Kind == "write" ? " for writing" : "";
        var names = string.Join(", ", watched.Select(each => each.Name));
        return new StartedCall($"poll([{names}]{forWhat}{patience})", () =>
        {
            var entries = watched
                .Select(each => new PollEntry { Descriptor = each.Descriptor, Wanted = wanted })
                .ToArray();
            var outcome = CallOutcome.Of(SystemCalls.Poll(entries, (nuint)entries.Length, milliseconds: 0));
            var ready = watched.Where((_, index) => entries[index].Found != 0).Select(each => each.Name);
            return outcome.Value == 0 ? null : outcome with { Note = $"ready: {string.Join(", ", ready)}" };
        });
    }

    internal static byte[] PatternOf(LessonStep step) => ByteNotation.ToBytes(step.Bytes ?? "x");

    internal static int LengthOf(LessonStep step) => step.Count ?? step.Bytes?.Length ?? 1;

    // A call that waits takes all of it in the end, as much at a time as the kernel has room for.
    private static StartedCall SendAll(string text, LabSocket to, byte[] pattern, int length, int number)
    {
        var sent = 0;
        SentPiece? piece = null;
        var bytes = pattern.Length == length ? pattern : ByteNotation.Repeat(pattern, length);
        return new StartedCall(text, () =>
        {
            while (true)
            {
                var outcome = CallOutcome.Of(Put(to, bytes.AsSpan(sent)));
                if (outcome.Errno == SystemError.TryAgain && !to.IsNonBlocking)
                {
                    return null;
                }

                if (outcome.Errno != 0)
                {
                    return sent > 0 ? new CallOutcome(sent) : outcome;
                }

                sent += (int)outcome.Value;
                piece ??= to.Outgoing?.Begin(number, pattern);
                to.Outgoing?.Grow(piece!, outcome.Value);
                if (sent == bytes.Length || to.IsNonBlocking)
                {
                    return new CallOutcome(sent);
                }
            }
        });
    }

    private StartedCall SendInSlices(LabSocket to, byte[] bytes, int number)
    {
        var sent = 0;
        var sentLast = 0L;
        SentPiece? piece = null;
        var text = $"{bytes.Length} × send({to.Name}, 1 byte of {ByteNotation.Quote(bytes)}, 1)";
        return new StartedCall(text, () =>
        {
            if (sent > 0 && time.GetElapsedTime(sentLast) < BetweenSlices)
            {
                return null;
            }

            var outcome = CallOutcome.Of(Put(to, bytes.AsSpan(sent, 1)));
            if (outcome.Errno != 0)
            {
                return outcome.Errno == SystemError.TryAgain ? null
                    : sent > 0 ? new CallOutcome(sent)
                    : outcome;
            }

            sent++;
            sentLast = time.GetTimestamp();
            piece ??= to.Outgoing?.Begin(number, bytes);
            to.Outgoing?.Grow(piece!, 1);
            return sent == bytes.Length ? new CallOutcome(sent) : null;
        })
        {
            Meaning = "slices",
        };
    }

    private static nint Put(LabSocket to, ReadOnlySpan<byte> bytes) => to.Kind == LabSocketKind.Pipe
        ? SystemCalls.Write(to.Descriptor, bytes, bytes.Length)
        : SystemCalls.Send(to.Descriptor, bytes, bytes.Length, SystemCalls.NoSignal | SystemCalls.DontWait);

    private static CallOutcome? ReceiveInto(LabSocket from, byte[] buffer)
    {
        var outcome = CallOutcome.Of(from.Kind == LabSocketKind.Pipe
            ? SystemCalls.Read(from.Descriptor, buffer, buffer.Length)
            : SystemCalls.Receive(from.Descriptor, buffer, buffer.Length, SystemCalls.DontWait));
        if (outcome.Errno == SystemError.TryAgain && !from.IsNonBlocking)
        {
            return null;
        }

        if (outcome.Value <= 0)
        {
            return outcome;
        }

        Take(from, buffer.AsMemory(0, (int)outcome.Value));
        return outcome with { Bytes = buffer.AsMemory(0, (int)Math.Min(outcome.Value, CallOutcome.MaxShownBytes)) };
    }

    private static void Take(LabSocket from, ReadOnlyMemory<byte> bytes)
    {
        if (from.Incoming is { } flow)
        {
            // What a program of one's own has sent is known when it is read.
            if (flow.IsForeign && flow.Sent < flow.Read + bytes.Length)
            {
                flow.Grow(flow.Begin(call: 0, bytes), bytes.Length);
            }

            flow.Read += bytes.Length;
        }
    }

    private static StartedCall SendEncrypted(LabSocket socket, TlsSide tls, LessonStep step, int number)
    {
        var bytes = step.Bytes is null ? tls.TakeOutgoing() : tls.Encrypt(PatternOf(step));
        var what = step.Bytes is null ? "what TLS has to say" : $"encrypted {ByteNotation.Quote(step)}";
        if (bytes.Length == 0)
        {
            return new StartedCall($"send({socket.Name}, nothing, 0)", () => new CallOutcome(0));
        }

        var call = SendAll(
            $"send({socket.Name}, {what}, {bytes.Length})", socket, bytes, bytes.Length, number);
        return call with
        {
            Attempt = () => call.Attempt() is { } outcome ? outcome with { Note = TlsSide.Name(bytes) } : null,
        };
    }

    private static CallOutcome? DecryptWhatComes(LabSocket socket, TlsSide tls, int count)
    {
        var buffer = new byte[Math.Min(count, MaxPlainBytes)];
        var outcome = ReceiveInto(socket, buffer);
        if (outcome is not { Value: > 0 })
        {
            return outcome;
        }

        var bytes = buffer.AsMemory(0, (int)outcome.Value);
        var plain = tls.Decrypt(bytes);
        var note = TlsSide.Name(bytes.Span);
        return outcome with { Note = plain.Length == 0 ? note : $"{note}, decrypted {ByteNotation.Quote(plain)}" };
    }
}
