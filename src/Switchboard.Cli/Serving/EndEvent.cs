using System.Text.Json;
using Switchboard.Cli.Options;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>The last event: what the servers did, all together.</summary>
/// <param name="Totals">Counted from start to stop.</param>
/// <param name="Drained">How the stop went.</param>
internal sealed record EndEvent(ServerStatistics Totals, DrainResult Drained) : ConsoleEvent
{
    /// <summary>What those of datagrams did; null if there were none.</summary>
    public DatagramTotals? Datagrams { get; init; }

    /// <summary>How many datagrams relays did not pass on; null if there were no such relays.</summary>
    public long? Dropped { get; init; }

    public override string Name => "end";

    public override string Text => string.Join("; ", new[] { OfConnections, OfDatagrams, OfDrops }.OfType<string>());

    // Where there were datagrams only, there is nothing to say of connections.
    private string? OfConnections => Datagrams is not null && Totals is { Accepted: 0, Refused: 0 } ? null :
        $"stopped after {Totals.Accepted} connections ({Totals.Refused} refused, {Totals.HandlersFailed} failed), "
        + $"{ByteText.Show(Totals.BytesReceived)} received, {ByteText.Show(Totals.BytesSent)} sent; "
        + $"{Drained.Finished} finished and {Drained.Aborted} reset in {TimeText.Show(Drained.Elapsed)}";

    private string? OfDatagrams => Datagrams is null ? null :
        $"{Datagrams.Received} datagrams received, {Datagrams.Answered} answered, {Datagrams.Failed} failed";

    private string? OfDrops => Dropped is { } dropped ? $"{dropped} datagrams dropped" : null;

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
        if (Datagrams is not null)
        {
            json.WriteNumber("datagramsReceived", Datagrams.Received);
            json.WriteNumber("datagramsAnswered", Datagrams.Answered);
            json.WriteNumber("datagramsFailed", Datagrams.Failed);
        }

        if (Dropped is { } dropped)
        {
            json.WriteNumber("datagramsDropped", dropped);
        }
    }
}
