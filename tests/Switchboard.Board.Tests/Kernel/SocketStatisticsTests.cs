using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Switchboard.Board.Kernel;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Board.Tests.Kernel;

/// <summary>The board's values, held against what ss of iproute2 says of the same sockets.</summary>
public sealed partial class SocketStatisticsTests
{
    [Fact]
    public async Task The_values_are_those_of_ss()
    {
        Programs.Require("ss");
        using var pair = LoopbackPair.Open(IPAddress.Loopback);
        pair.Near.Send(new byte[40_000]);
        pair.Far.Receive(new byte[1000]);
        pair.Far.Send(new byte[7]);

        var (port, peer) = (PortOf(pair.Far.LocalEndPoint), PortOf(pair.Far.RemoteEndPoint));
        using var dump = new SocketDump();
        var rows = new List<SocketRow>();

        // Nothing moves any more: what is asked one after the other is the same.
        await SettleAsync(dump, rows, port, peer);
        var row = rows.Single(row => row.Local.Port == port && row.Remote.Port == peer);
        row = dump.Find(row, SocketDetail.Everything)!.Value;
        var said = await AskAsync(port, peer);

        Assert.Equal("ESTAB", said["state"]);
        Assert.Equal($"{row.Unread}", said["unread"]);
        Assert.Equal($"{row.Waiting}", said["waiting"]);
        Assert.Equal($"{row.Inode}", said["ino"]);
        Assert.Equal($"{row.Cookie:x}", said["sk"]);
        Assert.Equal($"{row.BufferBytes!.Value.Receive}", said["rb"]);
        Assert.Equal($"{row.BufferBytes!.Value.Send}", said["tb"]);
        Assert.Equal($"{row.Flow!.BytesReceived}", said["bytes_received"]);
        Assert.Equal($"{row.Flow.BytesAcknowledged}", said["bytes_acked"]);
        Assert.Equal($"{row.Flow.SegmentsIn}", said["segs_in"]);
        Assert.Equal($"{row.Flow.SegmentsOut}", said["segs_out"]);
        Assert.Equal($"{row.Flow.CongestionWindow}", said["cwnd"]);
        Assert.Equal($"{row.Flow.SegmentBytes}", said["mss"]);
        Assert.Equal(row.Flow.RoundTripMicroseconds!.Value / 1000.0, double.Parse(said["rtt"], provider: null), 3);
        Assert.Equal(row.Flow.RetransmitTimeoutMicroseconds / 1000.0, double.Parse(said["rto"], provider: null), 0);
        Assert.Contains(row.Flow.Congestion!, said["line"].Split(' '));
    }

    private static int PortOf(EndPoint? endpoint) => ((IPEndPoint)endpoint!).Port;

    private static async Task SettleAsync(SocketDump dump, List<SocketRow> rows, int port, int peer)
    {
        await Switchboard.Tests.Connections.Waiting.UntilAsync(() =>
        {
            rows.Clear();
            dump.AddAll(SocketDump.AllStates, SocketDetail.None, rows);
            return rows.Any(row => row.Local.Port == port && row.Remote.Port == peer
                && row is { Unread: 39_000, Waiting: 0 });
        });
    }

    private static async Task<Dictionary<string, string>> AskAsync(int port, int peer)
    {
        string[] question = ["-tinmpoeOH", "sport", "=", $":{port}", "and", "dport", "=", $":{peer}"];
        var start = new ProcessStartInfo("ss", question)
        {
            RedirectStandardOutput = true,
        };
        using var ss = Process.Start(start)!;
        var line = (await ss.StandardOutput.ReadToEndAsync()).Trim();
        await ss.WaitForExitAsync();
        var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var said = Pairs().Matches(line).GroupBy(match => match.Groups[1].Value)
            .ToDictionary(group => group.Key, group => group.First().Groups[2].Value);
        (said["line"], said["state"], said["unread"], said["waiting"]) = (line, columns[0], columns[1], columns[2]);
        said["rb"] = Memory("rb").Match(line).Groups[1].Value;
        said["tb"] = Memory("tb").Match(line).Groups[1].Value;
        return said;
    }

    private static Regex Memory(string name) => new($@"skmem:\(.*?\b{name}(\d+)");

    [GeneratedRegex(@"\b([a-z_]+):([0-9a-f.]+)")]
    private static partial Regex Pairs();
}
