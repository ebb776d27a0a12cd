using System.Text.Json;
using Switchboard.Board.Events;
using Switchboard.Cli.Options;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>A connection of a server is closed.</summary>
internal sealed record EndedEvent(string Service, long Connection, Endpoint Remote, ConnectionEnd End) : ConsoleEvent
{
    public override string Name => "ended";

    public override string Text =>
        $"{Service} #{Connection} ended: {ReasonText.For(End.Reason)}; {Bytes}open for {TimeText.Show(End.Age)}"
        + (End.Error is { } error ? $" ({error.Message})" : "");

    public override Tone Tone =>
        End.Reason is EndReason.Finished or EndReason.Closed or EndReason.Stopped or EndReason.HandedOver
            ? Tone.Plain
            : Tone.Warning;

    // Of what another process has received and sent nothing is known here.
    private bool IsCounted => End.Reason != EndReason.HandedOver;

    private string Bytes => IsCounted
        ? $"received {ByteText.Show(End.BytesReceived)}, sent {ByteText.Show(End.BytesSent)}, "
        : "";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("service", Service);
        json.WriteNumber("connection", Connection);
        json.WriteString("remote", $"{Remote}");
        json.WriteString("reason", EndWord.Of(End.Reason));
        if (IsCounted)
        {
            json.WriteNumber("bytesReceived", End.BytesReceived);
            json.WriteNumber("bytesSent", End.BytesSent);
        }

        json.WriteNumber("seconds", Math.Round(End.Age.TotalSeconds, digits: 6));
        json.WriteString("error", End.Error?.Message);
    }
}
