using Switchboard.Board.Explaining;
using Switchboard.Board.Lab.Calls;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Lab;

/// <summary>A call that was begun, until it has returned.</summary>
/// <param name="step">What was called.</param>
/// <param name="started">How to go on with it.</param>
/// <param name="sight">What is shown of it.</param>
/// <param name="began">A timestamp.</param>
internal sealed class OpenCall(LessonStep step, StartedCall started, CallSight sight, long began)
{
    private readonly int _asked = step.Call is "recv" or "recvfrom" or "read"
        ? step.Count ?? 0
        : ByteCalls.LengthOf(step);

    public LessonStep Step => step;

    /// <summary>Whether its waiting was told already.</summary>
    public bool IsKnownToWait { get; private set; }

    public TimeSpan AgeAt(TimeProvider time) => time.GetElapsedTime(began);

    /// <summary>Goes on with it, if it can.</summary>
    /// <returns>How it has ended; null if it waits still.</returns>
    public CallSight? TryFinish(TimeProvider time)
    {
        var outcome = Attempt() ?? OverAt(time);
        if (outcome is null)
        {
            return null;
        }

        return sight with
        {
            HasWaited = IsKnownToWait,
            Value = outcome.Value,
            Error = outcome.Errno == 0 ? null : SystemError.Of(outcome.Errno).Name,
            Bytes = outcome.Bytes,
            Note = outcome.Note,
            Sentence = CallText.Returned(started.Meaning ?? step.Call, outcome.Value, _asked, outcome.Errno),
            Took = AgeAt(time),
        };
    }

    /// <summary>What is told once it is clear that it waits.</summary>
    public CallSight Waiting(TimeProvider time)
    {
        IsKnownToWait = true;
        return sight with
        {
            Waits = true,
            Sentence = CallText.Waiting(started.Meaning ?? step.Call),
            Took = AgeAt(time),
        };
    }

    private CallOutcome? Attempt()
    {
        try
        {
            return started.Attempt();
        }
        catch (Exception error) when (error is InvalidOperationException or IOException
            or System.Security.Authentication.AuthenticationException)
        {
            // Calls in an order that no program would make them in: TLS is used before it has begun.
            return new CallOutcome(-1, SystemError.Misused) { Note = error.Message };
        }
    }

    // What the program itself has limited, and not the kernel.
    private CallOutcome? OverAt(TimeProvider time) =>
        step.PatienceMilliseconds is { } patience && AgeAt(time) >= TimeSpan.FromMilliseconds(patience)
            ? new CallOutcome(0) { Note = "nothing happened in that time" }
            : null;
}
