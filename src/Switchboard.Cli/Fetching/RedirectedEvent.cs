using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Fetching;

/// <summary>A server sent us elsewhere, and we go.</summary>
internal sealed record RedirectedEvent(int Status, Uri To) : ConsoleEvent
{
    public override string Name => "redirected";

    public override string Text => $"Redirected ({Status}) to {To}";

    public override Tone Tone => Tone.Quiet;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteNumber("status", Status);
        json.WriteString("to", To.AbsoluteUri);
    }
}
