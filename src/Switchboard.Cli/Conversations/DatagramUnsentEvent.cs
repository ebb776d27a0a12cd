using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Conversations;

/// <summary>A datagram to one of many peers was not sent; the others go on.</summary>
internal sealed record DatagramUnsentEvent(Endpoint Remote, string Problem) : ConsoleEvent
{
    public override string Name => "unsent";

    public override string Text => $"Not sent to {Remote}: {Problem}";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("remote", $"{Remote}");
        json.WriteString("problem", Problem);
    }
}
