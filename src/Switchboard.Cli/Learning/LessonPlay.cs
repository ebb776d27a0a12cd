using Switchboard.Board.Lab;
using Switchboard.Board.Lessons;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Learning;

/// <summary>Plays a lesson in the terminal: all calls in their order, and what each has come to.</summary>
/// <param name="lesson">Which.</param>
/// <param name="log">Takes what happens.</param>
/// <param name="time">The clock.</param>
internal sealed class LessonPlay(Lesson lesson, EventLog log, TimeProvider time)
{
    /// <returns>Whether the lesson found what it promises, as an exit code.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (log.Format == EventFormat.Text)
        {
            log.Say(SafeText.Line($"{lesson.Title}. {lesson.Goal}"));
        }

        using var run = new LessonRun(lesson, time);
        var broken = await new LessonPlayer(run, time).PlayAsync(Tell, stop);
        if (broken is not null)
        {
            throw new FailureException(new Failure(
                ExitCode.Failed, $"The lesson {lesson.Name} did not find what it promises.", broken));
        }

        if (log.Format == EventFormat.Text)
        {
            log.Say(log.Palette.Paint(Tone.Good, SafeText.Line(lesson.Sentence)));
        }

        return ExitCode.Done;
    }

    private void Tell(LabEvent happened)
    {
        // People see what the kernel shows on the page; programs get all of it.
        if (happened.Call is not null || log.Format == EventFormat.Json)
        {
            log.Write(new LabLineEvent(lesson, happened));
        }
    }
}
