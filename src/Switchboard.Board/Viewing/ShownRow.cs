using System.Text.Json;
using Switchboard.Board.Kernel;
using Switchboard.Board.Watching;

namespace Switchboard.Board.Viewing;

/// <summary>A row as a page has it: two that are equal need not be sent again.</summary>
internal readonly record struct ShownRow(
    long Number,
    SocketKind? Kind,
    string Local,
    string Remote,
    SocketState State,
    long? Connection,
    long Listener,
    string? Process,
    string? PeerProcess,
    DateTimeOffset OpenedAt,
    bool IsAgeKnown,
    long? BytesReceived,
    long? BytesSent,
    long? ReceiveRate,
    long? SendRate,
    uint? Unread,
    uint? Waiting,
    int? RoundTrip,
    int? Retransmits,
    string? Warning)
{
    /// <param name="socket">As it is now.</param>
    /// <param name="listener">The number of who accepted it; 0 for nobody.</param>
    public static ShownRow Of(WatchedSocket socket, long listener)
    {
        var row = socket.HasRow ? socket.Row : (SocketRow?)null;
        return new(
            socket.Number,
            socket.Kind,
            socket.Local,
            socket.Remote,
            socket.State,
            socket.Own?.Connection.Id,
            listener,
            socket.Process,
            socket.Peer?.Process,
            socket.OpenedAt,
            socket.IsAgeKnown,
            socket.BytesReceived,
            socket.BytesSent,
            (long?)socket.ReceiveRate,
            (long?)socket.SendRate,
            row?.Unread,
            row?.Waiting,
            row?.Flow?.RoundTripMicroseconds,
            row?.Flow?.Retransmits,
            socket.Warning);
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("n", Number);
        Write(json, "kind", NameOf(Kind));
        json.WriteString("local", Local);
        json.WriteString("remote", Remote);
        json.WriteString("state", SocketStates.NameOf(State));
        json.WriteNumber("opened", OpenedAt.ToUnixTimeMilliseconds());
        json.WriteBoolean("exact", IsAgeKnown);
        Write(json, "connection", Connection);
        Write(json, "listener", Listener == 0 ? null : Listener);
        Write(json, "received", BytesReceived);
        Write(json, "sent", BytesSent);
        Write(json, "receiveRate", ReceiveRate);
        Write(json, "sendRate", SendRate);
        Write(json, "unread", Unread);
        Write(json, "waiting", Waiting);
        Write(json, "roundTrip", RoundTrip);
        Write(json, "retransmits", Retransmits);
        Write(json, "process", Process);
        Write(json, "peerProcess", PeerProcess);
        Write(json, "warning", Warning);
        json.WriteEndObject();
    }

    /// <summary>Writes a number, if there is one: what is not known is left out, and never 0.</summary>
    public static void Write(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    /// <summary>Writes a text, if there is one.</summary>
    public static void Write(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static string? NameOf(SocketKind? kind) => kind switch
    {
        SocketKind.Tcp => "tcp",
        SocketKind.Udp => "udp",
        SocketKind.Unix => "unix",
        _ => null,
    };
}
