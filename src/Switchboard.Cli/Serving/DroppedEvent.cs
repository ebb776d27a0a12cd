using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>A relay did not pass a datagram on.</summary>
/// <param name="Service">Who tells.</param>
/// <param name="Drop">What became of it.</param>
/// <param name="Untold">How many were dropped for the same reason since that was told last.</param>
internal sealed record DroppedEvent(string Service, RelayDrop Drop, long Untold) : ConsoleEvent
{
    public override string Name => "dropped";

    public override string Text =>
        $"{Service} dropped {Amount} from {Drop.From} to {Drop.To}: {Drop.Problem}"
        + (Untold > 0 ? $" ({Untold} more before it)" : "");

    public override Tone Tone => Tone.Warning;

    private string Amount => Drop.Bytes is { } bytes ? ByteText.Show(bytes) : "a datagram";

    private string Word => Drop.Reason switch
    {
        RelayDropReason.NotAFrame => "not-a-frame",
        RelayDropReason.TooLarge => "too-large",
        RelayDropReason.NoRoom => "no-room",
        RelayDropReason.Behind => "behind",
        RelayDropReason.NoTarget => "no-target",
        _ => "unsent",
    };

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("service", Service);
        json.WriteString("from", $"{Drop.From}");
        json.WriteString("to", $"{Drop.To}");
        if (Drop.Bytes is { } bytes)
        {
            json.WriteNumber("bytes", bytes);
        }
        else
        {
            json.WriteNull("bytes");
        }

        json.WriteString("reason", Word);
        json.WriteString("problem", Drop.Problem);
        json.WriteNumber("untold", Untold);
    }
}
