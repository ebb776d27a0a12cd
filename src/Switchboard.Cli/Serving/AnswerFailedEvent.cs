using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>An answer to a datagram could not be sent. Told once of each server; the end has the number.</summary>
internal sealed record AnswerFailedEvent(string Service, Endpoint Remote, string Problem) : ConsoleEvent
{
    public override string Name => "answer-failed";

    public override string Text => $"{Service} could not answer {Remote}: {Problem}";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("service", Service);
        json.WriteString("remote", $"{Remote}");
        json.WriteString("problem", Problem);
    }
}
