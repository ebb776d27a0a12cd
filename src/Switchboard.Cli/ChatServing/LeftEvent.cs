using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.ChatServing;

/// <summary>Somebody has left a chat.</summary>
internal sealed record LeftEvent(string Nick, string Reason) : ConsoleEvent
{
    public override string Name => "left";

    public override string Text => $"chat {Nick} has left ({Reason})";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("nick", Nick);
        json.WriteString("reason", Reason);
    }
}
