using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Switchboard.Observing;

/// <summary>Where the library reports what it does. It takes plain values, so that every folder may use it.</summary>
internal static class Meters
{
    private const string TransportTag = "network.transport";

    private static readonly Meter Meter = new(Telemetry.MeterName);
    private static readonly ConcurrentDictionary<string, OpenCount> Open = new();

    private static readonly Histogram<double> ConnectionDuration = Meter.CreateHistogram<double>(
        "switchboard.connection.duration", "s", "How long connections lived.");

    private static readonly Histogram<double> ConnectDuration = Meter.CreateHistogram<double>(
        "switchboard.connect.duration", "s", "How long it took to connect, or to fail to.");

    private static readonly Counter<long> RefusedConnections = Meter.CreateCounter<long>(
        "switchboard.server.refused", "{connection}", "Connections that a server's limits turned away.");

    private static readonly Counter<long> FailedHandshakes = Meter.CreateCounter<long>(
        "switchboard.tls.handshakes.failed", "{handshake}", "TLS handshakes of clients that failed.");

    private static readonly Counter<long> DroppedDatagrams = Meter.CreateCounter<long>(
        "switchboard.datagram.dropped", "{datagram}", "Datagrams that relays did not pass on.");

    static Meters()
    {
        Meter.CreateObservableUpDownCounter(
            "switchboard.connection.open", MeasureOpen, "{connection}", "Connections that are open.");
        Meter.CreateObservableCounter(
            "switchboard.network.io", MeasureBytes, "By", "Bytes moved by all connections.");
        Meter.CreateObservableUpDownCounter(
            "switchboard.datagram.sockets",
            static () => DatagramTotals.Sockets,
            "{socket}",
            "Datagram sockets that are open.");
        Meter.CreateObservableCounter(
            "switchboard.datagram.io", MeasureDatagrams, "{datagram}", "Datagrams moved by all sockets.");
        Meter.CreateObservableCounter(
            "switchboard.datagram.truncated",
            static () => DatagramTotals.Truncated,
            "{datagram}",
            "Datagrams that were longer than the buffer they were received into.");
        Meter.CreateObservableCounter(
            "switchboard.engine.stalls",
            static () => EngineTotals.Stalls,
            "{stall}",
            "How often a handler kept an event loop waiting for milliseconds.");
        Meter.CreateObservableCounter(
            "switchboard.engine.handoffs",
            static () => EngineTotals.HandOffs,
            "{handoff}",
            "How often an event loop was handed to another thread because of that.");
        Meter.CreateObservableCounter(
            "switchboard.engine.lane_runs",
            static () => EngineTotals.LaneRuns,
            "{run}",
            "How often a handler known to block ran beside the loops.");
        Meter.CreateObservableUpDownCounter(
            "switchboard.engine.threads",
            static () => EngineTotals.Threads,
            "{thread}",
            "Threads of all engines, those that wait included.");
    }

    public static ActivitySource Activities { get; } = new(Telemetry.ActivitySourceName);

    public static void ConnectionOpened(string transport) => CountOf(transport).Add(1);

    public static void ConnectionEnded(string transport, string reason, TimeSpan age)
    {
        CountOf(transport).Add(-1);
        if (ConnectionDuration.Enabled)
        {
            ConnectionDuration.Record(
                age.TotalSeconds, new(TransportTag, transport), new("switchboard.end.reason", reason));
        }
    }

    public static void Connected(string transport, TimeSpan elapsed, Exception? error)
    {
        if (ConnectDuration.Enabled)
        {
            ConnectDuration.Record(
                elapsed.TotalSeconds, new(TransportTag, transport), new("error.type", error?.GetType().Name));
        }
    }

    public static void Refused(string transport) =>
        RefusedConnections.Add(1, new KeyValuePair<string, object?>(TransportTag, transport));

    public static void HandshakeFailed(string transport, string reason) =>
        FailedHandshakes.Add(1, new(TransportTag, transport), new("error.type", reason));

    public static void DatagramDropped(string reason) =>
        DroppedDatagrams.Add(1, new KeyValuePair<string, object?>("switchboard.drop.reason", reason));

    private static OpenCount CountOf(string transport) => Open.GetOrAdd(transport, static _ => new OpenCount());

    private static IEnumerable<Measurement<long>> MeasureOpen() =>
        Open.Select(count => new Measurement<long>(
            count.Value.Read(), new KeyValuePair<string, object?>(TransportTag, count.Key)));

    private static IEnumerable<Measurement<long>> MeasureBytes() =>
        InBothDirections(ByteTotals.Received, ByteTotals.Sent);

    private static IEnumerable<Measurement<long>> MeasureDatagrams() =>
        InBothDirections(DatagramTotals.Received, DatagramTotals.Sent);

    private static IEnumerable<Measurement<long>> InBothDirections(long received, long sent) =>
    [
        new(received, new KeyValuePair<string, object?>("network.io.direction", "receive")),
        new(sent, new KeyValuePair<string, object?>("network.io.direction", "transmit")),
    ];

    private sealed class OpenCount
    {
        private long _open;

        public void Add(int change) => Interlocked.Add(ref _open, change);

        public long Read() => Interlocked.Read(ref _open);
    }
}
