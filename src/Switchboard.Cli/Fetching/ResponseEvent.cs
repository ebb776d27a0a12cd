using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Fetching;

/// <summary>A server answered; its body is still to come.</summary>
internal sealed record ResponseEvent(Answer Answer) : ConsoleEvent
{
    public override string Name => "response";

    public override string Text => $"{Answer.Hop.Url} answered {Answer.StatusText}";

    public override Tone Tone => Tone.Quiet;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("url", Answer.Hop.Url.AbsoluteUri);
        json.WriteNumber("status", Answer.Status);
        json.WriteString("reason", Answer.Response.ReasonPhrase);
        json.WriteStartArray("headers");
        foreach (var header in Answer.Response.Headers.NonValidated
            .Concat(Answer.Response.Content.Headers.NonValidated))
        {
            foreach (var value in header.Value)
            {
                json.WriteStartArray();
                json.WriteStringValue(header.Key);
                json.WriteStringValue(value);
                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
    }
}
