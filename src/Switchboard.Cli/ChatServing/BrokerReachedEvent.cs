using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.ChatServing;

/// <summary>A chat is joined with its other servers.</summary>
internal sealed record BrokerReachedEvent(string Broker) : ConsoleEvent
{
    public override string Name => "broker-reached";

    public override string Text => $"joined the other servers at {Broker}";

    public override Tone Tone => Tone.Good;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("broker", Broker);
    }
}
