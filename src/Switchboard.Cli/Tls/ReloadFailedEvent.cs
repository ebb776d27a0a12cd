using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Tls;

/// <summary>A warning: the files of the certificate have changed and cannot be used; the old one goes on.</summary>
internal sealed record ReloadFailedEvent(string Problem) : ConsoleEvent
{
    public override string Name => "certificate-not-reloaded";

    public override string Text => $"warning: the new certificate cannot be used, the old one goes on: {Problem}";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json) => json.WriteString("reason", Problem);
}
