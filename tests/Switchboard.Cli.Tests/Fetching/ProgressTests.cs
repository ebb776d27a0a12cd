using Switchboard.Cli.Fetching;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Tests.Fetching;

public sealed class ProgressTests
{
    [Theory]
    [InlineData(512, 512, 1024L, 1, " 50% of 1024 B, 512 B/s, 1 s left")]
    [InlineData(1023, 10, 1024L, 10, " 99% of 1024 B, 1 B/s, 1 s left")]
    [InlineData(1024, 0, 1024L, 0, "100% of 1024 B")]
    [InlineData(100, 100, null, 2, "100 B, 50 B/s")]
    [InlineData(1, 1, 10_000_000L, 1, "  0% of 9.54 MiB, 1 B/s, 2778 h left")]
    public void A_line_says_how_far_how_fast_and_how_long(
        long here, long came, long? total, int seconds, string line) =>
        Assert.Equal(line, ProgressLine.Compose(here, came, total, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public async Task It_is_shown_on_a_terminal_and_taken_away_again()
    {
        using var folder = new TempFolder();
        await using var server = await RawWebServer.StartAsync(RawWebServer.Ok("0123456789"));

        await using var run = CommandRun.StartIn(
            world => world with
            {
                Terminals = Terminals.Error, Folder = folder.Path, Time = new LeapingTime(),
            },
            "fetch", server.Url, "-o", "file", "--idle", "never", "--timeout", "never", "--color", "never");

        Assert.Equal(0, await run.Exit);
        Assert.Contains("\r\e[K100% of 10 B", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("\r\e[KSaved file: 10 B\n", run.Error.Text, StringComparison.Ordinal);
    }

    /// <summary>A second passes whenever somebody looks; timers do not fire.</summary>
    private sealed class LeapingTime : TimeProvider
    {
        private long _looks;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Increment(ref _looks);
    }
}
