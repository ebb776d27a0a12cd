namespace Switchboard.Board.Lab;

/// <summary>
/// One line of a run's log: a call, or what the kernel shows now. A page replays a run from these alone.
/// </summary>
/// <param name="Number">Counts the events of the run.</param>
/// <param name="Time">When.</param>
/// <param name="At">The same, counted from the start of the run.</param>
internal sealed record LabEvent(int Number, DateTimeOffset Time, TimeSpan At)
{
    public CallSight? Call { get; init; }

    public KernelSnapshot? Kernel { get; init; }
}
