using System.Text.Json;
using Switchboard.Cli.Options;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Fetching;

/// <summary>The body is here, all of it.</summary>
internal sealed record FetchEndedEvent(int Status, long Bytes, TimeSpan Elapsed) : ConsoleEvent
{
    public override string Name => "ended";

    public override string Text => $"Status {Status}, {ByteText.Show(Bytes)} in {TimeText.Show(Elapsed)}";

    public override Tone Tone => Tone.Quiet;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteNumber("status", Status);
        json.WriteNumber("bytes", Bytes);
        json.WriteNumber("seconds", Math.Round(Elapsed.TotalSeconds, digits: 6));
    }
}
