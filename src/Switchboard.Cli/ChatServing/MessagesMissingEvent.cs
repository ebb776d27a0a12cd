using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.ChatServing;

/// <summary>Messages were lost between servers, which the readers are shown.</summary>
internal sealed record MessagesMissingEvent(string Server, DateTimeOffset From, DateTimeOffset To) : ConsoleEvent
{
    public override string Name => "messages-missing";

    public override string Text => $"messages of {Server} may be missing, {From:u} to {To:u}";

    public override Tone Tone => Tone.Bad;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("server", Server);
        json.WriteString("from", From);
        json.WriteString("to", To);
    }
}
