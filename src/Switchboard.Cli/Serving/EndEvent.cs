using System.Text.Json;
using Switchboard.Cli.Options;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>The last event: what the servers did, all together.</summary>
/// <param name="Totals">Counted from start to stop.</param>
/// <param name="Drained">How the stop went.</param>
internal sealed record EndEvent(ServerStatistics Totals, DrainResult Drained) : ConsoleEvent
{
    public override string Name => "end";

    public override string Text =>
        $"stopped after {Totals.Accepted} connections ({Totals.Refused} refused, {Totals.HandlersFailed} failed), "
        + $"{ByteText.Show(Totals.BytesReceived)} received, {ByteText.Show(Totals.BytesSent)} sent; "
        + $"{Drained.Finished} finished and {Drained.Aborted} reset in {TimeText.Show(Drained.Elapsed)}";

    public override Tone Tone => Drained.Aborted == 0 ? Tone.Strong : Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteNumber("accepted", Totals.Accepted);
        json.WriteNumber("refused", Totals.Refused);
        json.WriteNumber("handlersFailed", Totals.HandlersFailed);
        json.WriteNumber("bytesReceived", Totals.BytesReceived);
        json.WriteNumber("bytesSent", Totals.BytesSent);
        json.WriteNumber("finished", Drained.Finished);
        json.WriteNumber("aborted", Drained.Aborted);
        json.WriteNumber("seconds", Math.Round(Drained.Elapsed.TotalSeconds, digits: 6));
    }
}
