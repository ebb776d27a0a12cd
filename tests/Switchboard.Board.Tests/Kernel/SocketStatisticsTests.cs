using System.Net;
using System.Net.Sockets;
using Switchboard.Board.Kernel;
using Switchboard.Tests.Connections;

namespace Switchboard.Board.Tests.Kernel;

/// <summary>The board's values, held against what ss of iproute2 says of the same sockets.</summary>
public sealed class SocketStatisticsTests
{
    [Fact]
    public async Task The_values_of_tcp_are_those_of_ss()
    {
        using var pair = LoopbackPair.Open(IPAddress.Loopback);
        pair.Near.Send(new byte[40_000]);
        pair.Far.Receive(new byte[1000]);
        pair.Far.Send(new byte[7]);

        var (port, peer) = (PortOf(pair.Far.LocalEndPoint), PortOf(pair.Far.RemoteEndPoint));
        using var dump = new SocketDump();

        // Once both ends know that all has arrived, nothing moves: what is asked one after the other is the same.
        await SettleAsync(
            rows => dump.AddAll(SocketDump.AllStates, SocketDetail.None, rows),
            row => row.Local.Port == peer && row.Remote.Port == port && row is { Unread: 7, Waiting: 0 });
        var row = await SettleAsync(
            rows => dump.AddAll(SocketDump.AllStates, SocketDetail.None, rows),
            row => row.Local.Port == port && row.Remote.Port == peer && row is { Unread: 39_000, Waiting: 0 });
        row = dump.Find(row, SocketDetail.Everything)!.Value;
        var said = Assert.Single(await SocketStatistics.AskAsync(
            "-tinmpoeOH", "sport", "=", $":{port}", "and", "dport", "=", $":{peer}"));

        Assert.Equal(["ESTAB", $"{row.Unread}", $"{row.Waiting}"], said.Columns.Take(3));
        Assert.Equal($"{row.Inode}", said.Value("ino"));
        Assert.Equal($"{row.Cookie:x}", said.Value("sk"));
        Assert.Equal($"{row.BufferBytes!.Value.Receive}", said.Memory("rb"));
        Assert.Equal($"{row.BufferBytes!.Value.Send}", said.Memory("tb"));
        Assert.Equal($"{row.Flow!.BytesReceived}", said.Value("bytes_received"));
        Assert.Equal($"{row.Flow.BytesAcknowledged}", said.Value("bytes_acked"));
        Assert.Equal($"{row.Flow.SegmentsIn}", said.Value("segs_in"));
        Assert.Equal($"{row.Flow.SegmentsOut}", said.Value("segs_out"));
        Assert.Equal($"{row.Flow.CongestionWindow}", said.Value("cwnd"));
        Assert.Equal($"{row.Flow.SegmentBytes}", said.Value("mss"));
        Assert.Equal(row.Flow.RoundTripMicroseconds!.Value / 1000.0, Number(said.Value("rtt")), 3);
        Assert.Equal(row.Flow.RetransmitTimeoutMicroseconds / 1000.0, Number(said.Value("rto")), 0);
        Assert.Contains(row.Flow.Congestion!, said.Columns);
    }

    [Fact]
    public async Task The_values_of_udp_are_those_of_ss()
    {
        using var receiver = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.ReceiveBufferSize = 8192;
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await sender.ConnectAsync(receiver.LocalEndPoint!).Soon();
        for (var sent = 0; sent < 100; sent++)
        {
            sender.Send(new byte[1000]);
        }

        using var dump = new SocketDump();
        var connected = await SettleAsync(dump.AddDatagrams, row => row.Local.Port == PortOf(sender.LocalEndPoint));
        SocketRow row;
        SocketStatistics said;
        do
        {
            row = await SettleAsync(dump.AddDatagrams, row => row.Local.Port == PortOf(receiver.LocalEndPoint));
            said = Assert.Single(await SocketStatistics.AskAsync("-uanpmeOH", "sport", "=", $":{row.Local.Port}"));
        }
        while (await HasMovedAsync());

        Assert.Equal((SocketKind.Udp, SocketState.Bound), (row.Kind, row.State));
        Assert.Equal((SocketState.Established, row.Local), (connected.State, connected.Remote));
        Assert.Equal(
            ["UNCONN", $"{row.Unread}", $"{row.Waiting}", $"{row.Local}", "0.0.0.0:*"], said.Columns.Take(5));
        Assert.Equal($"{row.Inode}", said.Value("ino"));
        Assert.Equal($"{row.Cookie:x}", said.Value("sk"));
        Assert.Equal($"{row.BufferBytes!.Value.Receive}", said.Memory("rb"));
        Assert.Equal($"{row.BufferBytes!.Value.Send}", said.Memory("tb"));
        Assert.NotEqual(0u, row.Drops);
        Assert.Equal($"{row.Drops}", said.Memory("d"));

        // A kernel that has much to do brings some datagrams a moment later, perhaps between both questions.
        async Task<bool> HasMovedAsync()
        {
            var again = await SettleAsync(dump.AddDatagrams, one => one.Cookie == row.Cookie);
            return (again.Unread, again.Drops) != (row.Unread, row.Drops);
        }
    }

    [Fact]
    public async Task The_values_of_unix_are_those_of_ss()
    {
        var path = Path.Combine(Path.GetTempPath(), $"switchboard-{Guid.NewGuid():N}.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(3);
        using var near = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await near.ConnectAsync(new UnixDomainSocketEndPoint(path)).Soon();
        using var far = await listener.AcceptAsync().Soon();
        near.Send(new byte[77]);

        using var dump = new SocketDump();
        var row = await SettleAsync(dump.AddUnix, row => row.Unix!.Value.Path == path && row is { Unread: 77 });
        var peer = await SettleAsync(dump.AddUnix, other => other.Inode == row.Unix!.Value.PeerInode);
        var waiting = await SettleAsync(
            dump.AddUnix, row => row.Unix!.Value.Path == path && row.State == SocketState.Listen);
        var said = await SocketStatistics.AskAsync("-xanpmeOH", "src", path);
        File.Delete(path);

        var end = said.Single(one => one.Columns[1] == "ESTAB");
        Assert.Equal(
            ["u_str", "ESTAB", "77", $"{row.Waiting}", path, $"{row.Inode}", "*", $"{peer.Inode}"],
            end.Columns.Take(8));
        Assert.Equal($"{row.BufferBytes!.Value.Receive}", end.Memory("rb"));
        Assert.Equal($"{row.BufferBytes!.Value.Send}", end.Memory("tb"));
        Assert.Equal(new UnixEnd(UnixType.Stream, null, row.Inode), peer.Unix);
        Assert.NotEqual(0u, peer.Waiting);
        var opened = said.Single(one => one.Columns[1] == "LISTEN");
        Assert.Equal(
            [$"{waiting.Unread}", $"{waiting.Waiting}", path, $"{waiting.Inode}"], opened.Columns.Skip(2).Take(4));
        Assert.Equal(3u, waiting.Waiting);
        Assert.Contains($"pid={Environment.ProcessId},", end.Columns[8], StringComparison.Ordinal);
    }

    private static double Number(string text) => double.Parse(text, provider: null);

    private static int PortOf(EndPoint? endpoint) => ((IPEndPoint)endpoint!).Port;

    /// <summary>Asks until there is a row that fits.</summary>
    private static async Task<SocketRow> SettleAsync(Action<List<SocketRow>> ask, Predicate<SocketRow> fits)
    {
        var rows = new List<SocketRow>();
        await Waiting.UntilAsync(() =>
        {
            rows.Clear();
            ask(rows);
            return rows.Exists(fits);
        });
        return rows.Find(fits);
    }
}
