using System.Globalization;
using Switchboard.Testing;

namespace Switchboard.Tests.Connections;

public class ConnectionTests
{
    [Fact]
    public void Every_connection_has_a_number_of_its_own()
    {
        var ids = Enumerable.Range(0, 100).Select(_ => Connection.CreatePair())
            .SelectMany(pair => new[] { pair.First.Id, pair.Second.Id }).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(id > 0));
    }

    [Fact]
    public async Task A_unix_peer_is_known_by_its_process_and_user()
    {
        var directory = Directory.CreateTempSubdirectory();
        await using var listener = await Listener.BindAsync($"unix:{directory.FullName}/peer");
        var near = await Connection.ConnectAsync(listener.Local);
        var far = await listener.AcceptAsync().Soon();

        var expected = new PeerCredentials(Environment.ProcessId, OwnId("Uid"), OwnId("Gid"));
        Assert.Equal(expected, far.PeerCredentials);
        Assert.Equal(expected, near.PeerCredentials);
        near.Abort();
        far.Abort();
    }

    [Fact]
    public async Task Statistics_count_bytes_and_calls_and_stand_still_after_the_end()
    {
        var clock = new ManualClock();
        var (near, far) = Connection.CreatePair(new ConnectionOptions { TimeProvider = clock });
        await far.SendAsync(new byte[5]);
        await near.ReceiveExactlyAsync(new byte[5]).Soon();
        await near.SendAsync(new byte[2]);
        await near.SendAsync(new byte[2]);
        clock.Advance(TimeSpan.FromSeconds(3));

        var expected = new ConnectionStatistics(5, 4, 1, 2, TimeSpan.FromSeconds(3));
        Assert.Equal(expected, near.GetStatistics());
        near.Abort();
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(expected, near.GetStatistics());
        var end = await near.Closed;
        Assert.Equal((5, 4), (end.BytesReceived, end.BytesSent));
    }

    [Fact]
    public async Task A_reset_behind_a_broken_frame_is_thrown_as_a_reset_and_the_frame_stays_the_reason()
    {
        var (near, far) = Connection.CreatePair();
        await far.SendAsync("too long\n"u8.ToArray());
        await Assert.ThrowsAsync<FrameTooLargeException>(
            () => near.ReceiveUntilAsync("\n"u8.ToArray(), maxBytes: 3).AsTask().Soon());
        far.Abort();
        await near.ReceiveExactlyAsync(new byte[9]).Soon();

        await Assert.ThrowsAsync<ConnectionResetException>(() => near.ReceiveAsync(new byte[1]).Soon());
        await Assert.ThrowsAsync<ConnectionResetException>(() => near.ReceiveAsync(new byte[1]).Soon());
        await near.DisposeAsync();
        Assert.Equal(EndReason.ProtocolError, (await near.Closed).Reason);
    }

    [Fact]
    public async Task A_send_counts_each_time_the_operating_system_took_a_part()
    {
        var (near, wire, _) = TestWire.CreatePair();
        wire.MaxSendBytes = 3;
        await near.SendAsync(new byte[10]).Soon();

        Assert.Equal((10, 4), ((int)near.GetStatistics().BytesSent, (int)near.GetStatistics().Sends));
        near.Abort();
    }

    private static int OwnId(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return int.Parse(line.Split('\t')[2], CultureInfo.InvariantCulture);
    }
}
