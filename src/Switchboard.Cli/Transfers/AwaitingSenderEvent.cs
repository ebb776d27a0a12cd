using System.Text.Json;
using Switchboard.Cli.Output;
using Switchboard.Files;

namespace Switchboard.Cli.Transfers;

/// <summary>A sender can connect from now on.</summary>
/// <param name="Local">Where.</param>
/// <param name="Ticket">What it needs; null without protection.</param>
/// <param name="Place">What is received into.</param>
internal sealed record AwaitingSenderEvent(Endpoint Local, Ticket? Ticket, string Place) : ConsoleEvent
{
    public override string Name => "listening";

    public override string Text => Ticket is null
        ? $"Receiving into {Place}. Where the files are: switchboard send --plain --to {Local} FILE"
        : $"Receiving into {Place}. Where the files are: switchboard send FILE — and there, this ticket:";

    public override Tone Tone => Tone.Good;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("endpoint", $"{Local}");
        if (Local is HostEndpoint host)
        {
            json.WriteNumber("port", host.Port);
        }

        json.WriteString("into", Place);
        json.WriteString("ticket", Ticket?.ToLine());
    }
}
