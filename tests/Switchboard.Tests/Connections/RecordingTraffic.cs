using System.Collections.Concurrent;
using System.Text;

namespace Switchboard.Tests.Connections;

/// <summary>Keeps what one connection was observed to do, in order.</summary>
internal sealed class RecordingTraffic : TrafficObserver
{
    private readonly ConcurrentQueue<string> _told = [];

    public IReadOnlyList<string> Told => [.. _told];

    public override void ReceiveStarted(Connection connection, int maxBytes) => _told.Enqueue($"receiving {maxBytes}");

    public override void Received(Connection connection, ReadOnlySpan<byte> bytes) =>
        _told.Enqueue($"received {Encoding.ASCII.GetString(bytes)}");

    public override void PeerFinished(Connection connection) => _told.Enqueue("peer finished");

    public override void SendStarted(Connection connection, int bytes) => _told.Enqueue($"sending {bytes}");

    public override void Sent(Connection connection, ReadOnlySpan<byte> bytes) =>
        _told.Enqueue($"sent {Encoding.ASCII.GetString(bytes)}");

    public override void SendingCompleted(Connection connection) => _told.Enqueue("finished");

    public override void Ended(Connection connection, ConnectionEnd end) => _told.Enqueue($"ended {end.Reason}");
}
