using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.ChatServing;

/// <summary>Somebody has made an account.</summary>
internal sealed record RegisteredEvent(string Account) : ConsoleEvent
{
    public override string Name => "registered";

    public override string Text => $"chat account {Account} registered";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("account", Account);
    }
}
