using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Tls;

/// <summary>A certificate was made; clients know it by its fingerprint.</summary>
internal sealed record SelfSignedEvent(string Fingerprint) : ConsoleEvent
{
    public override string Name => "certificate";

    public override string Text => $"Self-signed certificate; clients trust it with --pin {Fingerprint}";

    public override Tone Tone => Tone.Strong;

    public override void WriteFields(Utf8JsonWriter json) => json.WriteString("fingerprint", Fingerprint);
}
