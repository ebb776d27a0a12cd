using System.Net;
using Switchboard.Board.Lab.Calls;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Lab;

/// <summary>
/// Performs a lesson on real sockets, one call at a time and in whatever order it is asked to. A call that would have
/// to
/// wait is left open and finished when it can be, so that the other side can go on meanwhile; what it returns is the
/// same.
/// Not thread-safe.
/// </summary>
internal sealed class LessonRun : IDisposable
{
    /// <summary>Breaks included; more is a page gone wild.</summary>
    public const int MaxCalls = 1000;

    // Shorter than that, and a call on a busy machine would be said to wait that does not.
    private static readonly TimeSpan WaitsAfter = TimeSpan.FromMilliseconds(15);

    private readonly TimeProvider _time;
    private readonly DateTimeOffset _started;
    private readonly long _began;
    private readonly LabSockets _sockets;
    private readonly CallTable _calls;
    private readonly KernelSight _kernel = new();
    private readonly List<LabEvent> _log = [];
    private readonly Dictionary<string, OpenCall> _open = [];
    private readonly Dictionary<int, OpenCall> _openBreaks = [];
    private readonly HashSet<int> _performed = [];
    private KernelSnapshot? _shown;
    private int _callCount;
    private int _sendCount;

    /// <param name="lesson">What to perform.</param>
    /// <param name="time">The clock.</param>
    /// <param name="yours">The actor whose part a program of one's own takes; null for none.</param>
    /// <param name="yourServer">Where that program listens, if it is the server.</param>
    public LessonRun(Lesson lesson, TimeProvider time, string? yours = null, IPEndPoint? yourServer = null)
    {
        Lesson = lesson;
        Yours = yours;
        _time = time;
        _started = time.GetUtcNow();
        _began = time.GetTimestamp();
        _sockets = new LabSockets { ForeignServer = yourServer };
        _calls = new CallTable(_sockets, time);
        Look();
    }

    public Lesson Lesson { get; }

    /// <summary>Who is played by a program of one's own.</summary>
    public string? Yours { get; }

    /// <summary>Everything that has happened, and what the kernel showed.</summary>
    public IReadOnlyList<LabEvent> Log => _log;

    /// <summary>What the kernel shows now.</summary>
    public KernelSnapshot Kernel => _shown!;

    /// <summary>Which step the lesson would have next; null if every actor waits or is done.</summary>
    public int? Next
    {
        get
        {
            var next = Lesson.Steps.Index().FirstOrDefault(
                step => !_performed.Contains(step.Index) && NextOf(step.Item.Actor) == step.Index, (-1, null!)).Index;
            return next < 0 ? null : next;
        }
    }

    /// <summary>Where the lesson's server can be connected to; null while it cannot.</summary>
    public IPEndPoint? Server => _sockets.All.FirstOrDefault(
        socket => socket is { Local: not null, IsClosed: false, Kind: LabSocketKind.Udp }
            or { IsListening: true, IsClosed: false })?.Local;

    /// <summary>Which step an actor makes next; null if it waits, or is done, or is played by somebody else.</summary>
    public int? NextOf(string actor)
    {
        if (actor == Yours || _open.ContainsKey(actor))
        {
            return null;
        }

        var next = Lesson.Steps.Index().FirstOrDefault(
            step => step.Item.Actor == actor && !_performed.Contains(step.Index), (-1, null!)).Index;
        return next < 0 ? null : next;
    }

    /// <summary>Whether an actor waits in a call.</summary>
    public bool Waits(string actor) => _open.ContainsKey(actor);

    /// <summary>Whether a break can be made now: its socket is there, and it is not at work already.</summary>
    public bool CanBreak(int index)
    {
        var step = Lesson.Breaks[index];
        var sockets = (step.Sockets ?? [step.Socket!]).Select(_sockets.Find).OfType<LabSocket>();
        return !_openBreaks.ContainsKey(index)
            && sockets.Any(socket => !socket.IsClosed && (socket.IsCut || step.Call != "mend"));
    }

    /// <summary>Makes an actor's next call, if it has one and does not wait.</summary>
    public void Step(string actor)
    {
        if (NextOf(actor) is { } index && _callCount < MaxCalls)
        {
            _performed.Add(index);
            Begin(Lesson.Steps[index], sight => sight with { Step = index });
        }
    }

    /// <summary>Does to the lesson what it is not prepared for.</summary>
    public void Break(int index)
    {
        if (CanBreak(index) && _callCount < MaxCalls)
        {
            Begin(Lesson.Breaks[index], sight => sight with { Break = index });
        }
    }

    /// <summary>Finishes what can be finished, and looks at the kernel again.</summary>
    public void Advance()
    {
        GoOnWith(_open);
        GoOnWith(_openBreaks);
        Look();
    }

    /// <summary>Closes everything.</summary>
    public void Dispose()
    {
        _open.Clear();
        _openBreaks.Clear();
        _sockets.Dispose();
        _kernel.Dispose();
    }

    private void Begin(LessonStep step, Func<CallSight, CallSight> mark)
    {
        var sends = step.Call is "send" or "sendto" or "write" or "store";
        var number = sends ? ++_sendCount : 0;
        var started = _calls.Begin(step, number);
        var sight = mark(new CallSight(++_callCount, step.Actor, step.Call, started.Text)
        {
            Socket = step.Socket ?? step.As,
            Send = sends ? number : null,
        });
        var call = new OpenCall(step, started, sight, _time.GetTimestamp());
        if (call.TryFinish(_time) is { } returned)
        {
            Tell(returned);
        }
        else if (sight.Break is { } index)
        {
            _openBreaks[index] = call;
        }
        else
        {
            _open[step.Actor] = call;
        }

        Look();
    }

    private void GoOnWith<T>(Dictionary<T, OpenCall> open)
        where T : notnull
    {
        foreach (var (key, call) in open.ToList())
        {
            if (call.TryFinish(_time) is { } returned)
            {
                open.Remove(key);
                Tell(returned);
            }
            else if (!call.IsKnownToWait && call.AgeAt(_time) >= WaitsAfter)
            {
                Tell(call.Waiting(_time));
            }
        }
    }

    private void Tell(CallSight call) =>
        _log.Add(new LabEvent(_log.Count + 1, Now(), Elapsed()) { Call = call });

    private void Look()
    {
        var sights = _sockets.All.Select(_kernel.Look).ToList();
        var peers = _sockets.All.Select(socket => _kernel.LookAtPeerOf(socket, Yours ?? "")).ToList();
        var tapes = TapeReader.Read(_sockets.All, sights, peers);
        sights.AddRange(peers.OfType<SocketSight>());
        var seen = new KernelSnapshot(sights, tapes);
        if (!SnapshotComparison.AreSame(seen, _shown))
        {
            _shown = seen;
            _log.Add(new LabEvent(_log.Count + 1, Now(), Elapsed()) { Kernel = seen });
        }
    }

    private DateTimeOffset Now() => _started + Elapsed();

    private TimeSpan Elapsed() => _time.GetElapsedTime(_began);
}
