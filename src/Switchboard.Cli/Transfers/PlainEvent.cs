using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Transfers;

/// <summary>A warning: nothing is protected.</summary>
internal sealed record PlainEvent(string Danger) : ConsoleEvent
{
    public override string Name => "warning";

    public override string Text =>
        $"WARNING: --plain: nothing is encrypted, and nobody has to prove anything. {Danger}";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json) => json.WriteString("message", Text);
}
