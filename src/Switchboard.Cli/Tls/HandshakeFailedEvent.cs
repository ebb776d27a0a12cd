using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Tls;

/// <summary>A client failed its TLS handshake and was not accepted.</summary>
internal sealed record HandshakeFailedEvent(Endpoint? Remote, string Problem) : ConsoleEvent
{
    public override string Name => "handshake-failed";

    public override string Text => $"TLS handshake with {Remote} failed: {Problem}";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("remote", $"{Remote}");
        json.WriteString("reason", Problem);
    }
}
