using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.ChatServing;

/// <summary>Somebody has come into a chat.</summary>
internal sealed record ArrivedEvent(string Nick, string Host) : ConsoleEvent
{
    public override string Name => "arrived";

    public override string Text => $"chat {Nick} has come, from {Host}";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("nick", Nick);
        json.WriteString("host", Host);
    }
}
