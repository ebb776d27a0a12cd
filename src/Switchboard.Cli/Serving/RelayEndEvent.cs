using System.Text.Json;
using Switchboard.Cli.Options;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>The last event of a relay that hears datagrams.</summary>
/// <param name="Totals">Counted from start to stop.</param>
/// <param name="Drained">How the stop went.</param>
internal sealed record RelayEndEvent(DatagramRelayStatistics Totals, DrainResult Drained) : ConsoleEvent
{
    public override string Name => "end";

    public override string Text =>
        $"stopped after {Totals.Opened} peers, {Totals.Received} datagrams received, {Totals.Sent} sent, "
        + $"{Totals.Dropped} dropped; {Drained.Finished} finished and {Drained.Aborted} cut off in "
        + TimeText.Show(Drained.Elapsed);

    public override Tone Tone => Drained.Aborted == 0 ? Tone.Strong : Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteNumber("peers", Totals.Opened);
        json.WriteNumber("datagramsReceived", Totals.Received);
        json.WriteNumber("datagramsSent", Totals.Sent);
        json.WriteNumber("datagramsDropped", Totals.Dropped);
        json.WriteNumber("finished", Drained.Finished);
        json.WriteNumber("aborted", Drained.Aborted);
        json.WriteNumber("seconds", Math.Round(Drained.Elapsed.TotalSeconds, digits: 6));
    }
}
