using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Tests.Output;

public sealed class PaletteTests
{
    [Theory]
    [InlineData("auto", true, "", true)]
    [InlineData("auto", false, "", false)]
    [InlineData("auto", true, "NO_COLOR=1", false)]
    [InlineData("auto", true, "NO_COLOR=", true)]
    [InlineData("auto", true, "TERM=dumb", false)]
    [InlineData("auto", false, "FORCE_COLOR=1", true)]
    [InlineData("auto", false, "FORCE_COLOR=0", false)]
    [InlineData("auto", true, "FORCE_COLOR=1 NO_COLOR=1", false)]
    [InlineData("always", false, "NO_COLOR=1", true)]
    [InlineData("never", true, "FORCE_COLOR=1", false)]
    public void The_option_wins_then_the_environment_then_the_terminal(
        string choice, bool isTerminal, string environment, bool isColoured)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(each => each.Split('=')).ToDictionary(each => each[0], each => each[1]);

        var palette = Palette.For(
            Enum.Parse<ColorChoice>(choice, ignoreCase: true), isTerminal, name => variables.GetValueOrDefault(name));

        Assert.Equal(isColoured, palette.Paint(Tone.Bad, "x") != "x");
    }

    [Theory]
    [InlineData("Output", false)]
    [InlineData("Error", true)]
    public async Task Each_stream_is_judged_by_itself(string terminal, bool isErrorColoured)
    {
        var terminals = Enum.Parse<Terminals>(terminal);
        await using var help = CommandRun.StartIn(world => world with { Terminals = terminals }, "--help");
        await using var mistake = CommandRun.StartIn(world => world with { Terminals = terminals }, "nothing");
        await help.Exit;
        await mistake.Exit;

        Assert.Equal(!isErrorColoured, help.Output.Text.Contains('\e', StringComparison.Ordinal));
        Assert.Equal(isErrorColoured, mistake.Error.Text.Contains('\e', StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mistake_typed_by_a_stranger_cannot_command_the_terminal()
    {
        await using var run = await CommandRun.RunAsync("evil\e[2J");

        Assert.Contains(@"'evil\e[2J'", run.Error.Text, StringComparison.Ordinal);
    }
}
