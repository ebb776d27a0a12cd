using Switchboard.Board.Explaining;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Lab.Calls;

/// <summary>What programs of one machine can meet by instead of a socket: named pipes and shared memory.</summary>
/// <param name="sockets">Those of the lesson.</param>
internal sealed class LocalCalls(LabSockets sockets)
{
    public StartedCall MakeFifo(LessonStep step)
    {
        var path = sockets.PathOf(step.As!);
        return new StartedCall($"mkfifo(\"{step.As}\", 0600)", () =>
        {
            var outcome = CallOutcome.Of(SystemCalls.MakeFifo(path, SystemCalls.OwnerOnly));
            sockets.Add(new LabSocket(step.As!, step.Actor, LabSocketKind.Name, descriptor: 0)
            {
                Path = path,
                Incoming = new Flow(),
            });
            return outcome;
        });
    }

    /// <summary>Each end waits for the other one to be opened.</summary>
    public StartedCall Open(LessonStep step)
    {
        var name = sockets[step.Socket!];
        var reads = step.Kind == "read";
        LabSocket? opened = null;
        return new StartedCall($"open(\"{name.Name}\", {(reads ? "O_RDONLY" : "O_WRONLY")})", () =>
        {
            if (opened is null)
            {
                var flags = SystemCalls.NonBlockingCloseOnExec | (reads ? SystemCalls.ReadOnly : SystemCalls.WriteOnly);
                var outcome = CallOutcome.Of(SystemCalls.Open(name.Path ?? "", flags));
                if (outcome.Errno == SystemError.NoPeerYet)
                {
                    return null;
                }

                if (outcome.Errno != 0)
                {
                    return outcome;
                }

                opened = sockets.Add(EndOf(name, step, (int)outcome.Value));
            }

            return !reads || sockets.All.Any(each => each.Path == name.Path && each.Outgoing is not null)
                ? new CallOutcome(opened.Descriptor)
                : null;
        });
    }

    public StartedCall Map(LessonStep step)
    {
        var other = sockets.Find(step.To)?.Memory;
        var count = step.Count!.Value;
        return new StartedCall($"mmap(MAP_SHARED, {count})", () =>
        {
            sockets.Add(new LabSocket(step.As!, step.Actor, LabSocketKind.Memory, descriptor: 0)
            {
                Memory = other?.MapAgain() ?? new LabMemory(count),
            });
            return new CallOutcome(0) { Note = $"{count} bytes of memory" };
        });
    }

    public StartedCall Store(LessonStep step)
    {
        var bytes = ByteCalls.PatternOf(step);
        var offset = step.Value ?? 0;
        return new StartedCall($"{PlaceOf(step, bytes.Length)} = {ByteNotation.Quote(bytes)}", () =>
        {
            if (sockets[step.Socket!].Memory is not { } memory)
            {
                return new CallOutcome(-1, SystemError.BadDescriptor);
            }

            memory.Store(offset, bytes);
            return new CallOutcome(bytes.Length) { Note = "no system call: a write to memory" };
        });
    }

    /// <summary>
    /// Reads memory; with <c>kind: wait</c> again and again, until there is something else than zero.
    /// </summary>
    public StartedCall Load(LessonStep step)
    {
        var count = step.Count!.Value;
        var waits = step.Kind == "wait";
        return new StartedCall($"{(waits ? "while not " : "")}{PlaceOf(step, count)}", () =>
        {
            if (sockets[step.Socket!].Memory is not { } memory)
            {
                return new CallOutcome(-1, SystemError.BadDescriptor);
            }

            var bytes = memory.Load(step.Value ?? 0, count);
            return waits && bytes.AsSpan().IndexOfAnyExcept((byte)0) < 0
                ? null
                : new CallOutcome(bytes.Length) { Bytes = bytes, Note = "no system call: a read of memory" };
        });
    }

    private static LabSocket EndOf(LabSocket name, LessonStep step, int descriptor) =>
        new(step.As!, step.Actor, LabSocketKind.Pipe, descriptor)
        {
            Path = name.Path,
            Incoming = step.Kind == "read" ? name.Incoming : null,
            Outgoing = step.Kind == "read" ? null : name.Incoming,
        };

    private static string PlaceOf(LessonStep step, int count)
    {
        var offset = step.Value ?? 0;
        return count == 1 ? $"{step.Socket}[{offset}]" : $"{step.Socket}[{offset}..{offset + count}]";
    }
}
