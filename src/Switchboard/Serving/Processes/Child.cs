namespace Switchboard.Serving.Processes;

/// <summary>A process that was started here, the first of a process group of its own.</summary>
internal sealed class Child(int id)
{
    private const int SignalKill = 9;
    private const int SignalTerminate = 15;

    private readonly TaskCompletionSource<ChildStatus> _exited =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Id => id;

    public Task<ChildStatus> Exited => _exited.Task;

    /// <summary>Asks it, and whatever it has started, to end.</summary>
    public void Terminate() => Children.Signal(this, SignalTerminate);

    /// <summary>Ends it, and whatever it has started.</summary>
    public void Kill() => Children.Signal(this, SignalKill);

    internal void NoteExit(ChildStatus status) => _exited.TrySetResult(status);
}
