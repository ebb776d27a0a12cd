using System.Text;
using System.Text.Json;
using Switchboard.Board.Events;
using Switchboard.Board.Explaining;
using Switchboard.Board.Lab.Calls;

namespace Switchboard.Board.Lab;

/// <summary>
/// A run's log as lines of the event log: <c>call-waits</c>, <c>call-returned</c> and <c>kernel</c>.
/// docs/guide/lab.md tells their members.
/// </summary>
internal static class LabEventJson
{
    public static void Write(Utf8JsonWriter json, LabEvent happened)
    {
        EventLine.Begin(json, NameOf(happened), happened.Time);
        WriteFields(json, happened);
        json.WriteEndObject();
    }

    public static string NameOf(LabEvent happened) => happened.Call switch
    {
        null => "kernel",
        { Waits: true } => "call-waits",
        _ => "call-returned",
    };

    /// <summary>Writes the members behind version, name and time.</summary>
    public static void WriteFields(Utf8JsonWriter json, LabEvent happened)
    {
        json.WriteNumber("at", Seconds(happened.At));
        if (happened.Call is { } call)
        {
            WriteCall(json, call);
        }

        if (happened.Kernel is { } kernel)
        {
            WriteKernel(json, kernel);
        }
    }

    /// <summary>Bytes as people read them in a line.</summary>
    public static string Quote(ReadOnlyMemory<byte> bytes) => ByteNotation.Quote(bytes.Span);

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, digits: 6);

    private static void WriteCall(Utf8JsonWriter json, CallSight call)
    {
        json.WriteNumber("number", call.Number);
        json.WriteString("actor", call.Actor);
        json.WriteString("call", call.Name);
        json.WriteString("text", call.Text);
        json.WriteString("sentence", call.Sentence);
        json.WriteNumber("took", Seconds(call.Took));
        WriteNumber(json, "step", call.Step);
        WriteNumber(json, "break", call.Break);
        WriteNumber(json, "send", call.Send);
        WriteNumber(json, "value", call.Value);
        WriteText(json, "socket", call.Socket);
        WriteText(json, "error", call.Error);
        WriteText(json, "note", call.Note);
        if (call.Bytes.Length > 0)
        {
            json.WriteString("received", Encoding.Latin1.GetString(call.Bytes.Span));
        }
    }

    private static void WriteKernel(Utf8JsonWriter json, KernelSnapshot kernel)
    {
        json.WriteStartArray("sockets");
        foreach (var socket in kernel.Sockets)
        {
            WriteSocket(json, socket);
        }

        json.WriteEndArray();
        json.WriteStartArray("tapes");
        foreach (var tape in kernel.Tapes)
        {
            WriteTape(json, tape);
        }

        json.WriteEndArray();
    }

    private static void WriteSocket(Utf8JsonWriter json, SocketSight socket)
    {
        json.WriteStartObject();
        json.WriteString("name", socket.Name);
        json.WriteString("owner", socket.Owner);
        json.WriteString("kind", socket.Kind switch
        {
            LabSocketKind.Tcp => "tcp",
            LabSocketKind.Udp => "udp",
            LabSocketKind.Pipe => "pipe",
            LabSocketKind.Memory => "memory",
            _ => "name",
        });
        json.WriteBoolean("closed", socket.IsClosed);
        json.WriteBoolean("foreign", socket.IsForeign);
        json.WriteBoolean("queued", socket.IsQueued);
        WriteText(json, "state", socket.State);
        WriteText(json, "meaning", socket.State is { } state ? StateText.Of(state) : null);
        WriteText(json, "contents", socket.Contents);
        WriteText(json, "local", socket.Local);
        WriteText(json, "remote", socket.Remote);
        WriteNumber(json, "unread", socket.Unread);
        WriteNumber(json, "unacknowledged", socket.Unacknowledged);
        WriteNumber(json, "unsent", socket.Unsent);
        WriteNumber(json, "waiting", socket.Waiting);
        WriteNumber(json, "backlog", socket.Backlog);
        WriteNumber(json, "drops", socket.Drops);
        WriteNumber(json, "roundTripMicroseconds", socket.RoundTripMicroseconds);
        WriteNumber(json, "segmentsOut", socket.SegmentsOut);
        WriteNumber(json, "segmentsIn", socket.SegmentsIn);
        WriteNumber(json, "retransmits", socket.Retransmits);
        json.WriteEndObject();
    }

    private static void WriteTape(Utf8JsonWriter json, Tape tape)
    {
        json.WriteStartObject();
        json.WriteString("from", tape.From);
        WriteText(json, "to", tape.To);
        json.WriteNumber("sent", tape.Sent);
        json.WriteNumber("read", tape.Read);
        json.WriteBoolean("datagrams", tape.KeepsBorders);
        json.WriteBoolean("inferred", tape.IsInferred);
        json.WriteBoolean("ended", tape.HasEnd);
        WriteParts(json, "unread", tape.Unread);
        WriteParts(json, "unconfirmed", tape.Unconfirmed);
        json.WriteEndObject();
    }

    private static void WriteParts(Utf8JsonWriter json, string name, IReadOnlyList<FlowPart> parts)
    {
        json.WriteStartArray(name);
        foreach (var part in parts)
        {
            json.WriteStartObject();
            json.WriteNumber("send", part.Call);
            json.WriteNumber("count", part.Length);
            json.WriteString("bytes", Encoding.Latin1.GetString(part.Shown.Span));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
