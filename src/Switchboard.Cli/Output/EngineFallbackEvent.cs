using System.Text.Json;

namespace Switchboard.Cli.Output;

/// <summary>A warning: the engine is not the one that was wanted.</summary>
/// <param name="Problem">Which one is used instead, and why.</param>
internal sealed record EngineFallbackEvent(string Problem) : ConsoleEvent
{
    public override string Name => "engine-fallback";

    public override string Text => $"warning: {Problem}";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json) => json.WriteString("problem", Problem);
}
