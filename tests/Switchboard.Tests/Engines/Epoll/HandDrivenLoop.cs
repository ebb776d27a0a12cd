using Switchboard.Engines.Epoll;

namespace Switchboard.Tests.Engines.Epoll;

/// <summary>A loop without a thread: it runs what was posted when the test says so, on the test's thread.</summary>
internal sealed class HandDrivenLoop : IThreadPoolWorkItem
{
    private readonly CrewThread _owner;
    private LoopWord _word;

    public HandDrivenLoop(IFaults? faults = null)
    {
        var crew = new Crew(new EngineOptions());
        _owner = new CrewThread(crew, TimeProvider.System);
        Table = new PolledTable();
        var watch = new StallWatch(crew, TimeProvider.System, () => 0);
        Loop = new EventLoop(Table, watch, crew, new EngineOptions(), faults);
        _word = Loop.Word;
    }

    public EventLoop Loop { get; }

    public PolledTable Table { get; }

    public bool IsRunning { get; private set; }

    /// <summary>Runs what was posted so far.</summary>
    public void Run()
    {
        // Its own last job takes the loop away from itself: that is how a run ends without ending the loop.
        Loop.Post(this, source: null);
        IsRunning = true;
        Loop.Run(_owner, _word);
        IsRunning = false;
    }

    void IThreadPoolWorkItem.Execute()
    {
        var word = Loop.Word;
        Assert.True(Loop.TryTake(ref word));
        _word = word;
    }
}
