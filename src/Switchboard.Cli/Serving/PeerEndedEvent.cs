using System.Text.Json;
using Switchboard.Cli.Options;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>A relay has nothing more to do for an address that sent datagrams.</summary>
internal sealed record PeerEndedEvent(string Service, Endpoint Remote, RelayedPeerEnd End) : ConsoleEvent
{
    public override string Name => "ended";

    public override string Text =>
        $"{Service} ended for {Remote}: {Reason}; {End.Received} datagrams received, {End.Sent} sent, "
        + $"{End.Dropped} dropped, open for {TimeText.Show(End.Age)}"
        + (End.Error is { } error ? $" ({error.Message})" : "");

    public override Tone Tone => End.Error is null ? Tone.Plain : Tone.Warning;

    private string Reason => End.Error is not null ? "the target failed" : End.IsIdle ? "nothing passed" : "finished";

    private string ReasonWord => End.Error is not null ? "target-failed" : End.IsIdle ? "idle" : "finished";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("service", Service);
        json.WriteString("remote", $"{Remote}");
        json.WriteString("reason", ReasonWord);
        json.WriteNumber("datagramsReceived", End.Received);
        json.WriteNumber("datagramsSent", End.Sent);
        json.WriteNumber("datagramsDropped", End.Dropped);
        json.WriteNumber("seconds", Math.Round(End.Age.TotalSeconds, digits: 6));
        json.WriteString("error", End.Error?.Message);
    }
}
