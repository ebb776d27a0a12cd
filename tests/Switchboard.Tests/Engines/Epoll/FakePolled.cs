using Switchboard.Engines.Epoll;

namespace Switchboard.Tests.Engines.Epoll;

/// <summary>Somebody on a loop, who counts what is told to it.</summary>
internal sealed class FakePolled(EventLoop loop, int descriptor = 0, IFaults? faults = null) : IPolled
{
    private int _happened;
    private int _stalls;

    public EventLoop Loop => loop;

    public PolledKey Key { get; } = PolledKey.New(descriptor);

    public Kernel Kernel { get; } = new(faults);

    public bool IsBlocker => false;

    public CancellationToken WatchedToken => default;

    public int Happened => Volatile.Read(ref _happened);

    public int Stalls => Volatile.Read(ref _stalls);

    public Action WhenItHappens { get; set; } = static () => { };

    public void Happen(uint happenings)
    {
        Interlocked.Increment(ref _happened);
        WhenItHappens();
    }

    public void NoteStall() => Interlocked.Increment(ref _stalls);

    public void NoteLaneRun(bool wasQuick)
    {
    }

    public void Abandon()
    {
    }
}
