using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.ChatServing;

/// <summary>Somebody is called otherwise.</summary>
internal sealed record RenamedEvent(string Nick, string NewNick) : ConsoleEvent
{
    public override string Name => "renamed";

    public override string Text => $"chat {Nick} is now {NewNick}";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("nick", Nick);
        json.WriteString("newNick", NewNick);
    }
}
