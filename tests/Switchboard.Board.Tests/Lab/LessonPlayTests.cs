using Switchboard.Board.Lab;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Tests.Lab;

/// <summary>Every lesson on real sockets, from its first step to its last.</summary>
public sealed class LessonPlayTests
{
    public static TheoryData<string> Lessons => [.. LessonFiles.All.Select(lesson => lesson.Name)];

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task A_lesson_finds_what_it_promises(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The lab makes the calls of Linux.");
        using var run = new LessonRun(LessonFiles.Find(name)!, TimeProvider.System);

        // A machine that is busy with much else is slow, and breaks no promise.
        var broken = await new LessonPlayer(run, TimeProvider.System) { Patience = TimeSpan.FromMinutes(3) }
            .PlayAsync(static _ => { }, TestContext.Current.CancellationToken);

        Assert.Null(broken);
    }
}
