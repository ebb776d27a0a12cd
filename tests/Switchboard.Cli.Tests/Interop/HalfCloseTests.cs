using System.Globalization;
using System.Text;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Interop;

/// <summary>
/// The table of half-closes: one side sends a line and finishes, the other hears it out, waits, replies and closes. The
/// whole reply arrives and everybody exits with 0, whoever connects and whoever listens.
/// </summary>
public sealed class HalfCloseTests
{
    internal static readonly string[] Delays = ["0.1", "1.5"];

    [Theory]
    [InlineData("nc.openbsd")]
    [InlineData("nc.traditional")]
    [InlineData("ncat")]
    [InlineData("socat")]
    [InlineData("python3")]
    public async Task The_whole_reply_arrives_and_everybody_exits_with_0(string program)
    {
        Programs.Require("sh");
        Programs.Require(program);
        var peer = Peers.ByName[program];
        var results = new SortedDictionary<string, string>(StringComparer.Ordinal);

        await Parallel.ForEachAsync(
            CellsOf(peer),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = 4,
                CancellationToken = TestContext.Current.CancellationToken,
            },
            async (cell, _) =>
            {
                using var run = new CellRun(peer, cell);
                var problem = await run.RunAsync();
                lock (results)
                {
                    results.Add($"{cell}", problem ?? "ok");
                }
            });

        TestContext.Current.TestOutputHelper!.WriteLine(TableOf(peer, results));
        Assert.All(results, result => Assert.Equal("ok", result.Value));
        Assert.Contains(InteropPage.RowOf(peer, results.Keys), InteropPage.Rows());
    }

    private static IEnumerable<Cell> CellsOf(Peer peer) =>
        from family in peer.Families
        from role in Enum.GetValues<Role>()
        from replier in Enum.GetValues<Replier>()
        where !CannotReply(peer, role, replier)
        from delay in Delays
        select new Cell(family, role, replier, delay);

    private static bool CannotReply(Peer peer, Role ours, Replier replier) =>
        peer.CannotReplyListening is not null && ours == Role.Connect && replier == Replier.Peer;

    private static string TableOf(Peer peer, IReadOnlyDictionary<string, string> results)
    {
        var table = new StringBuilder();
        foreach (var (cell, result) in results)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"{peer.Program,-15} {cell,-45} {result}");
        }

        if (peer.CannotReplyListening is { } reason)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"{peer.Program,-15} cannot reply as a listener: {reason}");
        }

        return table.ToString();
    }
}
