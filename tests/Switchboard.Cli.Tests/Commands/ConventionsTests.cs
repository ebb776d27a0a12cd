using System.CommandLine;
using Switchboard.Cli.Commands;

namespace Switchboard.Cli.Tests.Commands;

/// <summary>What every verb has in common.</summary>
public sealed class ConventionsTests
{
    private const int ScreenLines = 45;
    private const int ScreenColumns = 120;

    public static TheoryData<string> Verbs => [.. new CommandTree().Verbs.Select(verb => verb.Name)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_leads_with_examples_and_fits_one_screen(string verb)
    {
        await using var run = await CommandRun.RunAsync(verb, "--help");

        Assert.Equal(0, await run.Exit);
        Assert.Equal("", run.Error.Text);
        Assert.Equal("Examples:", run.Output.Lines[1]);
        Assert.Contains($"switchboard {verb}", run.Output.Lines[2], StringComparison.Ordinal);
        Assert.InRange(run.Output.Text.Count('\n'), 10, ScreenLines);
        Assert.All(run.Output.Lines, line => Assert.InRange(line.Length, 1, ScreenColumns));
        Assert.Contains("Exit codes: 0 done", run.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_verb_has_an_option_twice()
    {
        var verbs = new CommandTree().Verbs;
        foreach (var verb in verbs.Cast<Command>().Concat(verbs.SelectMany(verb => verb.Subcommands)))
        {
            var names = verb.Options.SelectMany(option => option.Aliases.Append(option.Name)).ToList();

            Assert.Equal(names.Distinct(), names);
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_short_option_asks_for_help_too_and_mistakes_do_not_hide_it(string verb)
    {
        await using var run = await CommandRun.RunAsync(verb, "--no-such-option", "-h");

        Assert.Equal(0, await run.Exit);
        Assert.Contains("Examples:", run.Output.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task An_unknown_option_is_refused_and_the_right_one_suggested(string verb)
    {
        await using var run = await CommandRun.RunAsync(verb, "--jsno");

        Assert.Equal(2, await run.Exit);
        Assert.Equal("error: there is no option --jsno.", run.Error.Lines[0]);
        Assert.Contains("Did you mean --json? See switchboard " + verb, run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_option_is_not_swallowed_by_an_optional_argument()
    {
        await using var run = await CommandRun.RunAsync("serve", "echo", "--drian", "--idle", "2s");

        Assert.Equal(2, await run.Exit);
        Assert.Contains("there is no option --drian", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("Did you mean --drain?", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_two_dashes_an_argument_may_look_like_an_option()
    {
        await using var run = await CommandRun.RunAsync("serve", "--", "echo", "--endpoint");

        Assert.Equal(2, await run.Exit);
        Assert.StartsWith("error: ENDPOINT: The port is missing.", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_argument_that_starts_with_at_is_no_file_of_arguments()
    {
        await using var run = await CommandRun.RunAsync("serve", "@services");

        Assert.Equal(2, await run.Exit);
        Assert.Contains("there is no service '@services'", run.Error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("serve", "echo", "--idle")]
    [InlineData("serve", "echo", ":0", "more")]
    [InlineData("serve", "echo", "memory:bank")]
    [InlineData("listen", "memory:bank")]
    [InlineData("connect", "memory:bank")]
    [InlineData("connect", ":0")]
    [InlineData("connect", ":9", "--timeout", "0s")]
    [InlineData("connect", ":9", "--idle", "0ms")]
    [InlineData("up", "--port-base", "x")]
    [InlineData("up", "--json=false")]
    [InlineData("nothing")]
    [InlineData("--nothing")]
    public async Task A_mistake_is_one_short_message_on_standard_error(params string[] arguments)
    {
        await using var run = await CommandRun.RunAsync(arguments);

        Assert.Equal(2, await run.Exit);
        Assert.DoesNotContain("Examples", run.Output.Text, StringComparison.Ordinal);
        Assert.StartsWith("error: ", run.Error.Text, StringComparison.Ordinal);
        Assert.Equal(2, run.Error.Lines.Count);
        Assert.Contains("--help", run.Error.Lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve", "echo", "--max-connections", "many")]
    [InlineData("serve", "echo", "--max-frame", "9X")]
    [InlineData("serve", "echo", "--idle", "soon")]
    [InlineData("serve", "echo", "--framing", "words")]
    [InlineData("serve", "echo", "--engine", "select")]
    [InlineData("up", "--engine", "select")]
    [InlineData("connect", ":9", "--engine", "select")]
    [InlineData("listen", ":0", "--engine", "select")]
    [InlineData("serve", "echo", "nowhere:")]
    [InlineData("serve", "echo", "--color", "red")]
    [InlineData("up", "--port-base", "70000")]
    public async Task A_wrong_value_is_quoted_and_no_type_of_the_runtime_named(params string[] arguments)
    {
        await using var run = await CommandRun.RunAsync(arguments);

        Assert.Equal(2, await run.Exit);
        Assert.Contains(arguments[^1], run.Error.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("type", run.Error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serv", "serve")]
    [InlineData("complete", null)]
    [InlineData("u", null)]
    public async Task Verbs_cannot_be_abbreviated(string typed, string? suggested)
    {
        await using var run = await CommandRun.RunAsync(typed);

        Assert.Equal(2, await run.Exit);
        Assert.Contains($"there is no verb '{typed}'", run.Error.Text, StringComparison.Ordinal);
        Assert.Equal(
            suggested is not null,
            run.Error.Text.Contains($"Did you mean {suggested}?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Did you mean localhost:7342?", "connect", "localhost", "7342")]
    [InlineData("See switchboard connect --help", "connect", "localhost:7342", "7342")]
    [InlineData("--send is there more than once.", "connect", ":9", "--send", "a", "--send", "b")]
    public async Task Habits_from_other_tools_are_answered(string words, params string[] arguments)
    {
        await using var run = await CommandRun.RunAsync(arguments);

        Assert.Equal(2, await run.Exit);
        Assert.Contains(words, run.Error.Text, StringComparison.Ordinal);
        Assert.Equal(2, run.Error.Lines.Count);
    }

    [Fact]
    public async Task The_bare_command_shows_two_examples()
    {
        await using var run = await CommandRun.RunAsync();

        Assert.Equal(2, await run.Exit);
        Assert.Equal("", run.Output.Text);
        Assert.Equal(2, run.Error.Lines.Count(line => line.StartsWith("  switchboard ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_page_of_the_command_lists_every_verb()
    {
        await using var run = await CommandRun.RunAsync("--help");

        Assert.Equal(0, await run.Exit);
        Assert.All(new CommandTree().Verbs, verb =>
            Assert.Contains($"\n  {verb.Name} ", run.Output.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_version_goes_to_standard_output()
    {
        await using var run = await CommandRun.RunAsync("--version");

        Assert.Equal(0, await run.Exit);
        Assert.Matches(@"^switchboard \d+\.\d+\.\d+\n$", run.Output.Text);
    }

    [Fact]
    public async Task With_json_a_failure_is_an_event_too()
    {
        await using var run = await CommandRun.RunAsync("serve", "echo", "--json", "--idle", "soon");

        var failed = await run.WaitForEventAsync("error");

        Assert.Equal(1, failed.GetProperty("v").GetInt32());
        Assert.Equal(2, failed.GetProperty("exit").GetInt32());
        Assert.StartsWith("--idle: 'soon'", failed.GetProperty("what").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_who_has_gone_ends_the_command_quietly()
    {
        const int BrokenPipe = 32;
        await using var run = CommandRun.StartWithBrokenOutput(new IOException("Broken pipe", BrokenPipe), "--help");

        Assert.Equal(141, await run.Exit);
        Assert.Equal("", run.Error.Text);
    }

    [Fact]
    public async Task A_server_whose_events_nobody_reads_ends_quietly()
    {
        const int BrokenPipe = 32;
        await using var run = CommandRun.StartWithBrokenOutput(
            new IOException("Broken pipe", BrokenPipe), "serve", "echo", ":0", "--json");

        Assert.Equal(141, await run.Exit);
        Assert.Equal("", run.Error.Text);
    }

    [Fact]
    public async Task A_full_disk_is_explained_without_a_stack_trace()
    {
        await using var run = CommandRun.StartWithBrokenOutput(new IOException("No space left on device"), "--help");

        Assert.Equal(1, await run.Exit);
        Assert.Contains("No space left on device", run.Error.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error.Text, StringComparison.Ordinal);
    }
}
