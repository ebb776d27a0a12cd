using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.ChatServing;

/// <summary>A chat is cut off from its other servers.</summary>
internal sealed record BrokerLostEvent(string Problem) : ConsoleEvent
{
    public override string Name => "broker-lost";

    public override string Text => $"other servers out of reach: {Problem}";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("problem", Problem);
    }
}
