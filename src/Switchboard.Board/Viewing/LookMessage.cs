using System.Text.Json;
using Switchboard.Board.Kernel;
using Switchboard.Board.Watching;

namespace Switchboard.Board.Viewing;

/// <summary>Writes what was found as members of the event <c>look</c>.</summary>
internal static class LookMessage
{
    public static void WriteTotals(Utf8JsonWriter json, Totals totals, ViewAsk ask)
    {
        var (received, sent) = ask.OwnOnly ? totals.OwnRates : totals.AllRates;
        json.WriteNumber("own", totals.Own);
        json.WriteNumber("all", totals.All);
        json.WriteNumber("receiveRate", (long)received);
        json.WriteNumber("sendRate", (long)sent);
        json.WriteNumber("retransmits", totals.Retransmits);
    }

    public static void WriteStates(Utf8JsonWriter json, IReadOnlyDictionary<SocketState, int> states)
    {
        json.WriteStartObject("states");
        foreach (var (state, count) in states.OrderBy(static pair => pair.Key))
        {
            json.WriteNumber(SocketStates.NameOf(state), count);
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, WatchedListener listener)
    {
        json.WriteStartObject();
        json.WriteNumber("n", listener.Number);
        json.WriteString("local", listener.Local);
        json.WriteBoolean("own", listener.IsOwn);
        json.WriteBoolean("board", listener.IsBoard);
        ShownRow.Write(json, "name", listener.Name);
        ShownRow.Write(json, "process", listener.Process);
        ShownRow.Write(json, "waiting", listener.Waiting);
        ShownRow.Write(json, "backlog", listener.Backlog);
        ShownRow.Write(json, "drops", listener.Drops);
        ShownRow.Write(json, "open", listener.Open);
        ShownRow.Write(json, "maxOpen", listener.MaxOpen);
        ShownRow.Write(json, "accepted", listener.Accepted);
        ShownRow.Write(json, "warning", listener.Warning?.Kind);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, BoardWarning warning)
    {
        json.WriteStartObject();
        json.WriteNumber("n", warning.Number);
        json.WriteString("kind", warning.Kind);
        json.WriteString("about", warning.About);
        json.WriteString("text", warning.Text);
        ShownRow.Write(json, "since", warning.Since?.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, EndedSocket ended)
    {
        json.WriteStartObject();
        json.WriteNumber("n", ended.Number);
        json.WriteNumber("at", ended.At.ToUnixTimeMilliseconds());
        json.WriteString("local", ended.Local);
        json.WriteString("remote", ended.Remote);
        json.WriteString("why", ended.Why);
        json.WriteBoolean("failed", ended.IsFailure);
        json.WriteBoolean("own", ended.IsOfThisProcess);
        ShownRow.Write(json, "process", ended.Process);
        ShownRow.Write(json, "connection", ended.Connection);
        ShownRow.Write(json, "received", ended.BytesReceived);
        ShownRow.Write(json, "sent", ended.BytesSent);
        ShownRow.Write(json, "age", (long?)ended.Age?.TotalMilliseconds);
        json.WriteEndObject();
    }

    /// <summary>Writes all that is known of one socket; what is not known is left out.</summary>
    public static void WriteKernel(Utf8JsonWriter json, WatchedSocket socket, ServerLimits? limits)
    {
        json.WriteStartObject();
        json.WriteNumber("n", socket.Number);
        json.WriteNumber("since", socket.StateSince.ToUnixTimeMilliseconds());
        ShownRow.Write(json, "idleLimit", Milliseconds(limits?.IdleTimeout));
        ShownRow.Write(json, "sendLimit", Milliseconds(limits?.SendTimeout));
        if (socket.HasRow)
        {
            Write(json, socket.Row);
        }

        json.WriteEndObject();
    }

    private static long? Milliseconds(TimeSpan? time) =>
        time == Timeout.InfiniteTimeSpan ? null : (long?)time?.TotalMilliseconds;

    private static void Write(Utf8JsonWriter json, in SocketRow row)
    {
        json.WriteNumber("inode", row.Inode);
        ShownRow.Write(json, "user", row.UserId == SocketRow.UnknownUser ? null : row.UserId);
        ShownRow.Write(json, "receiveBuffer", row.BufferBytes?.Receive);
        ShownRow.Write(json, "sendBuffer", row.BufferBytes?.Send);
        ShownRow.Write(json, "drops", row.Kind == SocketKind.Udp ? row.Drops : null);
        if (row.Unix is { } unix)
        {
            json.WriteString("type", SocketStates.NameOf(unix.Type));
            ShownRow.Write(json, "peerInode", unix.PeerInode == 0 ? null : unix.PeerInode);
        }

        if (row.Flow is { } flow)
        {
            Write(json, flow);
        }
    }

    private static void Write(Utf8JsonWriter json, SocketFlow flow)
    {
        ShownRow.Write(json, "roundTrip", flow.RoundTripMicroseconds);
        ShownRow.Write(json, "roundTripVariance", flow.RoundTripVarianceMicroseconds);
        ShownRow.Write(json, "leastRoundTrip", flow.LeastRoundTripMicroseconds);
        ShownRow.Write(json, "retransmitTimeout", flow.RetransmitTimeoutMicroseconds);
        ShownRow.Write(json, "window", flow.CongestionWindow);
        ShownRow.Write(json, "segmentBytes", flow.SegmentBytes);
        ShownRow.Write(json, "unconfirmed", flow.Unacknowledged);
        ShownRow.Write(json, "lost", flow.Lost);
        ShownRow.Write(json, "retransmits", flow.Retransmits);
        ShownRow.Write(json, "retries", flow.Retries);
        ShownRow.Write(json, "confirmedBytes", flow.BytesAcknowledged);
        ShownRow.Write(json, "arrivedBytes", flow.BytesReceived);
        ShownRow.Write(json, "segmentsOut", flow.SegmentsOut);
        ShownRow.Write(json, "segmentsIn", flow.SegmentsIn);
        ShownRow.Write(json, "unsent", flow.UnsentBytes);
        ShownRow.Write(json, "deliveryRate", flow.DeliveryBytesPerSecond);
        ShownRow.Write(json, "stoppedByPeer", flow.StoppedByPeerMicroseconds);
        ShownRow.Write(json, "stoppedByBuffer", flow.StoppedByBufferMicroseconds);
        ShownRow.Write(json, "lastSent", flow.LastSentMilliseconds);
        ShownRow.Write(json, "lastReceived", flow.LastReceivedMilliseconds);
        ShownRow.Write(json, "congestion", flow.Congestion);
    }
}
