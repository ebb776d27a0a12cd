using System.Globalization;
using System.Text.RegularExpressions;
using Switchboard.Board.Lessons;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Board.Tests.Lab;

/// <summary>What the page says of sockets, held against what ss of iproute2 says of the same ones.</summary>
/// <param name="lab">A browser that all these tests share.</param>
public sealed partial class LabStatisticsTests(LabBrowser lab) : IClassFixture<LabBrowser>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    // All that stands on the page of each socket: its name, its state, its address, its peer's, and what else is said.
    private const string ReadSockets = """
        () => {
          const text = element => element?.textContent.trim() ?? "";
          const card = each => {
            const addresses = [...each.querySelectorAll(".at")].map(at => at.textContent.trim().split(/ (?=[^ ]*$)/));
            const queues = [...each.querySelectorAll(".queue")].map(queue => queue.getAttribute("aria-label"));
            const facts = text(each.querySelector(".facts:not(:has(.at))"));
            const seats = each.querySelector(".seats")?.textContent ?? "";
            return [...each.querySelectorAll(".end-of")].map(end => {
              const name = text(end.querySelector("b"));
              const local = addresses.find(at => at[0] === name)?.[1] ?? text(each.querySelector(".address"));
              const remote = addresses.find(at => at[0] !== name)?.[1] ?? "";
              return [name, text(end.querySelector(".state")), local, remote, facts, seats, ...queues];
            });
          };
          return [...document.querySelectorAll("#kernel .card")].flatMap(card);
        }
        """;

    [Theory]
    [InlineData("stream", 12)]
    [InlineData("not-delivery", 9)]
    [InlineData("waiting-room", 19)]
    [InlineData("zero", 9)]
    [InlineData("zero", 15)]
    [InlineData("hello", 13)]
    public async Task The_page_shows_what_ss_says(string name, int calls)
    {
        Programs.Require("ss");
        await using var visit = await lab.OpenAsync(name);
        var lesson = LessonFiles.Find(name)!;
        for (var made = lesson.Prepared; made < calls; made++)
        {
            await visit.PlayNextAsync(lesson, made + 1);
        }

        // The kernel goes on between both questions, with probes of a full window: at some moment both see the same.
        using var patience = new CancellationTokenSource(Patience);
        while (await FindDifferenceAsync(visit) is { } difference)
        {
            Assert.False(patience.IsCancellationRequested, difference);
            await Task.Delay(Between, TimeProvider.System);
        }
    }

    private static async Task<string?> FindDifferenceAsync(LabVisitor visit)
    {
        var sockets = await visit.Page.EvaluateAsync<string[][]>(ReadSockets);
        Assert.NotEmpty(sockets);
        foreach (var shown in sockets)
        {
            var (name, state, local, remote) = (shown[0], Letters().Match(shown[1]).Value, shown[2], shown[3]);
            var said = await StatisticsLine.AskAsync(local, remote.Length == 0 ? null : remote, state == "LISTEN");
            var wrong = said is null
                ? Compare("state", shown[1], "gone")
                : Compare("state", state, said.State)
                    ?? (state == "LISTEN" ? CompareListener(shown[5], said) : CompareConnection(name, shown, said));
            if (wrong is not null)
            {
                return $"{name}: {wrong}. The page: {string.Join(" | ", shown)}. ss: {said?.Text}";
            }
        }

        return null;
    }

    private static string? CompareListener(string seats, StatisticsLine said)
    {
        var taken = seats.StartsWith("nobody", StringComparison.Ordinal) ? "0" : Number().Match(seats).Value;
        var all = Regex.Match(seats, @"(\d+) seats").Groups[1].Value;
        return Compare("waiting", taken, $"{said.ReceiveQueue}") ?? Compare("seats", all, $"{said.SendQueue + 1}");
    }

    private static string? CompareConnection(string name, string[] shown, StatisticsLine said)
    {
        // ss counts the end of a stream as a byte until it is read, and the beginning until it is confirmed; no program
        // ever gets or sends these bytes.
        var unread = said.State is "CLOSE_WAIT" or "LAST_ACK" ? Math.Max(said.ReceiveQueue - 1, 0) : said.ReceiveQueue;
        var sent = said.State == "SYN_SENT" ? Math.Max(said.SendQueue - 1, 0) : said.SendQueue;
        return Compare("unread", QueueOf(shown, $"{name} receives"), $"{unread}")
            ?? Compare("unconfirmed", QueueOf(shown, $"{name} sends"), $"{sent}")
            ?? (shown[4].StartsWith($"{name}: ", StringComparison.Ordinal) ? CompareFacts(shown[4], said) : null);
    }

    private static string? CompareFacts(string facts, StatisticsLine said) =>
        Compare("round trip", PartOf(facts, @"round trip ([\d,]+) µs"), MicrosecondsOf(said["rtt"]))
        ?? Compare("segments out", PartOf(facts, @"([\d,]+) segments out"), said["segs_out"] ?? "0")
        ?? Compare("segments in", PartOf(facts, @"out, ([\d,]+) in"), said["segs_in"] ?? "0")
        ?? Compare("sent again", PartOf(facts, @"([\d,]+) sent again") ?? "0", said["retrans"]?.Split('/')[1] ?? "0");

    private static string? Compare(string what, string? shown, string? said) =>
        shown == said ? null : $"{what} is {shown ?? "not shown"} on the page, and {said ?? "not told"} by ss";

    // A direction in which nothing was sent has no queues on the page.
    private static string QueueOf(string[] shown, string queue) =>
        shown.Skip(6).FirstOrDefault(each => each.StartsWith($"{queue}: ", StringComparison.Ordinal)) is { } label
            ? Number().Match(label[queue.Length..]).Value.Replace(",", "", StringComparison.Ordinal)
            : "0";

    private static string? PartOf(string facts, string pattern) =>
        Regex.Match(facts, pattern) is { Success: true } match
            ? match.Groups[1].Value.Replace(",", "", StringComparison.Ordinal)
            : null;

    // ss writes milliseconds with three digits behind the point, and the variance behind a stroke.
    private static string? MicrosecondsOf(string? roundTrip) =>
        decimal.TryParse(roundTrip?.Split('/')[0], CultureInfo.InvariantCulture, out var milliseconds)
            ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds * 1000:0}")
            : null;

    [GeneratedRegex("[A-Z_0-9]+")]
    private static partial Regex Letters();

    [GeneratedRegex("[0-9,]+")]
    private static partial Regex Number();
}
