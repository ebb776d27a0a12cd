using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.ChatServing;

/// <summary>Another server of a chat has come, or is not heard any more.</summary>
internal sealed record ServerEvent(string Server, string Change) : ConsoleEvent
{
    public override string Name => $"server-{Change}";

    public override string Text => $"server {Server} {Change}";

    public override Tone Tone => Tone.Quiet;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("server", Server);
    }
}
