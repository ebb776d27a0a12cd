using Switchboard.Board.Lab;
using Switchboard.Board.Lab.Calls;
using Switchboard.Board.Lessons;
using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Board.Tests.Lab;

/// <summary>What learners do to lessons that are not prepared for it, on real sockets.</summary>
public sealed class LessonBreakTests : IDisposable
{
    // As long as it takes until a call is said to wait, and until the next slice goes out.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BetweenSlices = TimeSpan.FromMilliseconds(500);

    private readonly ManualClock _clock = new();
    private readonly List<LessonRun> _runs = [];

    public static TheoryData<string, int> Breaks =>
    [
        .. from lesson in LessonFiles.All
        from index in Enumerable.Range(0, lesson.Breaks.Count)
        select (lesson.Name, index),
    ];

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task Every_break_can_be_made_and_says_what_it_does(string name, int index)
    {
        var run = Begin(name);
        await PlayUntilAsync(run, () => CanBreakSoon(run, index));

        run.Break(index);
        _clock.Advance(Moment);
        run.Advance();

        var told = run.Log.Last(each => each.Call?.Break == index).Call!;
        Assert.Null(told.Error);
        Assert.DoesNotContain($"{told.Name} returned", told.Sentence, StringComparison.Ordinal);
        Assert.NotEqual($"{told.Name} waits.", told.Sentence);
        Assert.NotNull(run.Lesson.Breaks[index].Says);
    }

    [Fact]
    public async Task In_slices_a_receiver_finds_a_part_of_what_one_send_was_given()
    {
        var run = Begin("stream");
        await PlayUntilAsync(run, () => NextCallOf(run) == "send");
        run.Break(BreakOf(run, "slice"));

        run.Step("client");
        await UntilAsync(run, () => SightOf(run, "conn").Unread == 1);
        _clock.Advance(BetweenSlices);
        await UntilAsync(run, () => SightOf(run, "conn").Unread == 2);
        run.Step("server");

        var received = LastCallOf(run, "server");
        Assert.Equal("HE"u8.ToArray(), received.Bytes.ToArray());
        Assert.True(run.Waits("client"));

        // The rest, and all of it belongs to the one send of the program.
        for (var sent = 3; sent <= 5; sent++)
        {
            _clock.Advance(BetweenSlices);
            await UntilAsync(run, () => SightOf(run, "conn").Unread == sent - 2);
        }

        Assert.False(run.Waits("client"));
        Assert.Equal(5, LastCallOf(run, "client").Value);
        Assert.Equal(3, Assert.Single(run.Kernel.Tapes.Single(tape => tape.To == "conn").Unread).Length);
    }

    [Fact]
    public async Task What_is_sent_in_a_delay_is_late_and_whole()
    {
        var run = Begin("stream");
        await PlayUntilAsync(run, () => NextCallOf(run) == "send");
        var index = BreakOf(run, "delay");
        run.Break(index);
        Assert.False(run.CanBreak(index));

        run.Step("client");
        Assert.Equal(5, LastCallOf(run, "client").Value);
        await UntilAsync(run, () => SightOf(run, "s") is { Unacknowledged: 5, Retransmits: > 0 });
        Assert.Equal(0, SightOf(run, "conn").Unread);

        _clock.Advance(TimeSpan.FromMilliseconds(run.Lesson.Breaks[index].Value!.Value));
        await UntilAsync(run, () => SightOf(run, "conn").Unread == 5 && SightOf(run, "s").Unacknowledged == 0);
        run.Step("server");

        Assert.Equal("HELLO"u8.ToArray(), LastCallOf(run, "server").Bytes.ToArray());
        Assert.True(run.CanBreak(index));
    }

    [Fact]
    public async Task A_delay_ends_for_who_closes_in_it_too()
    {
        var run = Begin("hello");
        await PlayUntilAsync(run, () => NextCallOf(run) == "close");
        var index = BreakOf(run, "delay");
        run.Break(index);

        run.Step("client");
        Assert.Equal("ESTABLISHED", SightOf(run, "conn").State);
        _clock.Advance(TimeSpan.FromMilliseconds(run.Lesson.Breaks[index].Value!.Value));

        await UntilAsync(run, () => SightOf(run, "conn").State == "CLOSE_WAIT");
        await UntilAsync(run, () => SightOf(run, "s").State == "FIN_WAIT2");
    }

    [Fact]
    public async Task In_small_buffers_fewer_bytes_are_neither_here_nor_there()
    {
        var wide = Begin("not-delivery");
        var narrow = Begin("not-delivery");
        await PlayUntilAsync(wide, () => wide.Next == 8);
        await PlayUntilAsync(narrow, () => narrow.Next == 8);
        var index = BreakOf(narrow, "shrink");
        narrow.Break(index);
        Assert.Matches("^s: [0-9,]+ to send, ", narrow.Log.Last(each => each.Call?.Break == index).Call!.Note);

        wide.Step("client");
        narrow.Step("client");

        await UntilAsync(narrow, () => HeldIn(narrow) > 9);
        await UntilAsync(wide, () => HeldIn(wide) >= 2 * HeldIn(narrow));
        Assert.True(narrow.Waits("client"));
    }

    public void Dispose() => _runs.ForEach(run => run.Dispose());

    // How many bytes have left the one program and are not in the other.
    private static long HeldIn(LessonRun run) =>
        (SightOf(run, "s").Unacknowledged ?? 0) + (SightOf(run, "conn").Unread ?? 0);

    private LessonRun Begin(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The lab makes the calls of Linux.");
        var run = new LessonRun(LessonFiles.Find(name)!, _clock);
        _runs.Add(run);
        return run;
    }

    // What is to be mended has to be cut, and in some lessons only another break does that.
    private static bool CanBreakSoon(LessonRun run, int index)
    {
        var cut = run.Lesson.Breaks.Index().FirstOrDefault(each => each.Item.Call == "cut", (-1, null!)).Index;
        if (run.Lesson.Breaks[index].Call == "mend" && cut >= 0 && run.CanBreak(cut))
        {
            run.Break(cut);
        }

        return run.CanBreak(index);
    }

    private static int BreakOf(LessonRun run, string call) =>
        run.Lesson.Breaks.Index().First(each => each.Item.Call == call).Index;

    // None while everybody waits, if only for a moment.
    private static string? NextCallOf(LessonRun run) => run.Next is { } next ? run.Lesson.Steps[next].Call : null;

    private static SocketSight SightOf(LessonRun run, string name) =>
        run.Kernel.Sockets.First(socket => socket.Name == name);

    private static CallSight LastCallOf(LessonRun run, string actor) =>
        run.Log.Last(each => each.Call is { Step: not null } call && call.Actor == actor).Call!;

    // Everything in the order of the lesson, until it is as far as that.
    private static Task PlayUntilAsync(LessonRun run, Func<bool> isThere) => Waiting.UntilAsync(() =>
    {
        run.Advance();
        if (isThere())
        {
            return true;
        }

        if (run.Next is { } next)
        {
            run.Step(run.Lesson.Steps[next].Actor);
        }

        return false;
    });

    private static Task UntilAsync(LessonRun run, Func<bool> holds) => Waiting.UntilAsync(() =>
    {
        run.Advance();
        return holds();
    });
}
