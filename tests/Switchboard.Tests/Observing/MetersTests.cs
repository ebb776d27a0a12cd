using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Switchboard.Observing;
using Switchboard.Testing;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Serving;

namespace Switchboard.Tests.Observing;

[Collection(Alone.Name)]
public sealed class MetersTests : IDisposable
{
    private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _measured = [];
    private readonly MeterListener _listener = new();

    public MetersTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Telemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Open_connections_are_counted_up_and_down()
    {
        var before = Observe("switchboard.connection.open", "network.transport=memory");
        var (near, far) = Connection.CreatePair();
        Assert.Equal(before + 2, Observe("switchboard.connection.open", "network.transport=memory"));

        near.Abort();
        far.Abort();
        far.Abort();
        Assert.Equal(before, Observe("switchboard.connection.open", "network.transport=memory"));
    }

    [Fact]
    public void An_ended_connection_tells_how_long_it_lived_and_why_it_ended()
    {
        var clock = new ManualClock();
        var (near, far) = Connection.CreatePair(new ConnectionOptions { TimeProvider = clock });
        clock.Advance(TimeSpan.FromSeconds(3));
        near.Abort();

        Assert.Contains(
            ("switchboard.connection.duration", 3, "network.transport=memory switchboard.end.reason=Aborted"),
            _measured);
        far.Abort();
    }

    [Fact]
    public async Task Bytes_are_told_in_both_directions()
    {
        var sent = Observe("switchboard.network.io", "network.io.direction=transmit");
        var received = Observe("switchboard.network.io", "network.io.direction=receive");
        var (near, far) = Connection.CreatePair();
        await near.SendAsync(new byte[300]);
        await far.ReceiveExactlyAsync(new byte[300]).Soon();
        near.Abort();
        far.Abort();

        Assert.Equal(sent + 300, Observe("switchboard.network.io", "network.io.direction=transmit"));
        Assert.Equal(received + 300, Observe("switchboard.network.io", "network.io.direction=receive"));
    }

    [Fact]
    public async Task A_connect_tells_how_long_it_took_and_how_it_failed()
    {
        await Assert.ThrowsAsync<ConnectionRefusedException>(() => Connection.ConnectAsync("memory:nobody-meters"));

        Assert.Contains(_measured, measured => measured.Name == "switchboard.connect.duration"
            && measured.Tags == "error.type=ConnectionRefusedException network.transport=memory");
    }

    [Fact]
    public async Task A_peer_that_a_limit_turned_away_is_counted()
    {
        await using var run = await ServerRun.StartAsync(
            (_, stopping) => Task.Delay(Timeout.InfiniteTimeSpan, stopping),
            new ServerLimits { MaxConnectionsPerAddress = 1 });
        await run.ComeAsync("tcp://192.0.2.1:1");
        await run.ComeAsync("tcp://192.0.2.1:2");
        await Waiting.UntilAsync(() => !run.Observer.Refused.IsEmpty);

        Assert.Equal(
            ("switchboard.server.refused", 1, "network.transport=memory"),
            Assert.Single(_measured, measured => measured.Name == "switchboard.server.refused"));
    }

    [Fact]
    public void What_engines_do_is_observed()
    {
        string[] names = ["stalls", "handoffs", "lane_runs", "threads"];
        var before = names.Select(name => Observe($"switchboard.engine.{name}", "")).ToList();
        EngineTotals.CountStall();
        EngineTotals.CountHandOff();
        EngineTotals.CountLaneRun();
        EngineTotals.CountThread(1);
        var after = names.Select(name => Observe($"switchboard.engine.{name}", "")).ToList();
        EngineTotals.CountThread(-1);

        Assert.Equal(before.Select(count => count + 1), after);
    }

    [Fact]
    public async Task Datagrams_are_counted_in_both_directions_and_so_are_those_that_did_not_fit()
    {
        var sockets = Observe("switchboard.datagram.sockets", "");
        var sent = Observe("switchboard.datagram.io", "network.io.direction=transmit");
        var received = Observe("switchboard.datagram.io", "network.io.direction=receive");
        var truncated = Observe("switchboard.datagram.truncated", "");
        await using var server = await DatagramSocket.BindAsync("udp://127.0.0.1:0");
        await using var client = await DatagramSocket.ConnectAsync(server.Local);
        Assert.Equal(sockets + 2, Observe("switchboard.datagram.sockets", ""));

        await client.SendAsync(new byte[100]);
        await server.ReceiveAsync(new byte[99]).Soon();
        await client.SendBatchAsync(BatchOf(3));
        var batch = new DatagramBatch(maxDatagrams: 3, maxDatagramBytes: 99);
        for (var count = 0; count < 3;)
        {
            count += await server.ReceiveBatchAsync(batch).Soon();
        }

        await client.DisposeAsync();
        await server.DisposeAsync();
        Assert.Equal(sent + 4, Observe("switchboard.datagram.io", "network.io.direction=transmit"));
        Assert.Equal(received + 4, Observe("switchboard.datagram.io", "network.io.direction=receive"));
        Assert.Equal(truncated + 1, Observe("switchboard.datagram.truncated", ""));
        Assert.Equal(sockets, Observe("switchboard.datagram.sockets", ""));
    }

    [Fact]
    public async Task What_a_relay_of_datagrams_drops_is_counted_by_reason()
    {
        await using var target = await Listener.BindAsync("memory:meters-of-drops");
        await using var relay = await DatagramRelay.StartAsync(
            "udp://127.0.0.1:0", target.Local, new RelayOptions { Framing = Framing.Lines(maxBytes: 10) });
        await using var client = await DatagramSocket.ConnectAsync(relay.Local);

        await client.SendAsync(new byte[11]);
        await Waiting.UntilAsync(() => relay.GetStatistics().Dropped == 1);

        await Waiting.UntilAsync(() => _measured.Contains(
            ("switchboard.datagram.dropped", 1, "switchboard.drop.reason=NotAFrame")));
    }

    private static DatagramBatch BatchOf(int datagrams)
    {
        var batch = new DatagramBatch();
        for (var i = 0; i < datagrams; i++)
        {
            Assert.True(batch.TryAdd([1, 2, 3]));
        }

        return batch;
    }

    private double Observe(string name, string tags)
    {
        _measured.Clear();
        _listener.RecordObservableInstruments();
        return _measured.Where(measured => measured.Name == name && measured.Tags == tags)
            .Select(measured => measured.Value).SingleOrDefault();
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue((
            instrument.Name, value, string.Join(' ', tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal)
                .Select(tag => $"{tag.Key}={tag.Value}"))));
}
