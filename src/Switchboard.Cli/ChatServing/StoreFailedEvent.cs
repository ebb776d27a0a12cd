using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.ChatServing;

/// <summary>The database did not do what a chat asked of it.</summary>
internal sealed record StoreFailedEvent(string Problem) : ConsoleEvent
{
    public override string Name => "store-failed";

    public override string Text => $"chat database failed: {Problem}";

    public override Tone Tone => Tone.Bad;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("problem", Problem);
    }
}
