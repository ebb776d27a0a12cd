using System.Text.Json;
using Switchboard.Board.Lessons;

namespace Switchboard.Cli.Tests.Learning;

public sealed class LabCommandTests
{
    [Fact]
    public async Task All_lessons_are_listed()
    {
        await using var run = await CommandRun.RunAsync("lab", "--list");

        Assert.Equal(0, await run.Exit);
        Assert.Equal(LessonFiles.All.Count, run.Output.Lines.Count);
        Assert.StartsWith(" 1  hello", run.Output.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lesson_is_played_in_the_terminal()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The lab makes the calls of Linux.");

        await using var run = await CommandRun.RunAsync("lab", "stream", "--play");

        Assert.Equal(0, await run.Exit);
        Assert.Contains("recv(conn, 100) = 10 \"HELLOWORLD\"", run.Error.Text, StringComparison.Ordinal);
        Assert.Empty(run.Output.ToArray());
    }

    [Fact]
    public async Task What_a_lesson_says_of_a_call_that_waits_is_said_while_it_waits()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The lab makes the calls of Linux.");

        await using var run = await CommandRun.RunAsync("lab", "hello", "--play");

        var accepts = run.Error.Lines
            .Where(line => line.Contains("accept(listener)", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(2, accepts.Count);
        Assert.Contains("waits  Nobody is there", accepts[0], StringComparison.Ordinal);
        Assert.Contains("accept returned a new socket", accepts[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_played_lesson_is_a_log_in_the_format_of_all_events()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The lab makes the calls of Linux.");

        await using var run = await CommandRun.RunAsync("lab", "1", "--play", "--json");

        Assert.Equal(0, await run.Exit);
        var events = run.Output.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(events, each => Assert.Equal(1, each.GetProperty("v").GetInt32()));
        Assert.Contains(events, each => each.GetProperty("event").GetString() == "call-waits"
            && each.GetProperty("call").GetString() == "accept");
        Assert.Contains(events, each => each.GetProperty("event").GetString() == "kernel"
            && each.GetProperty("tapes").EnumerateArray().Any(tape => tape.GetProperty("unread").GetArrayLength() > 0));
    }

    [Fact]
    public async Task An_unknown_lesson_is_refused_with_those_that_there_are()
    {
        await using var run = await CommandRun.RunAsync("lab", "goodbye");

        Assert.Equal(2, await run.Exit);
        Assert.Contains("There is no lesson goodbye.", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("hello", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_opens_at_the_lesson()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The lab makes the calls of Linux.");
        await using var run = CommandRun.Start("lab", "udp", "--at", ":0", "--json");

        var listening = await run.WaitForEventAsync("listening");

        Assert.Equal("lab", listening.GetProperty("service").GetString());
        Assert.EndsWith("#udp", listening.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Contains("/lab/?token=", listening.GetProperty("url").GetString(), StringComparison.Ordinal);
        run.Interrupt();
        Assert.Equal(0, await run.Exit);
    }
}
