using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.ChatServing;

/// <summary>Something came by the broker that no server of the chat would send.</summary>
internal sealed record LetterRefusedEvent(string Reason) : ConsoleEvent
{
    public override string Name => "letter-refused";

    public override string Text => $"refused a letter from the broker: {Reason}";

    public override Tone Tone => Tone.Bad;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("reason", Reason);
    }
}
