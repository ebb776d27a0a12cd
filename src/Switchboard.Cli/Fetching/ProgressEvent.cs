using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Fetching;

/// <summary>How far a file is.</summary>
/// <param name="Bytes">How many are here.</param>
/// <param name="Total">How many there will be; null if the server does not say.</param>
internal sealed record ProgressEvent(long Bytes, long? Total) : ConsoleEvent
{
    public override string Name => "progress";

    public override string Text => $"{ByteText.Show(Bytes)} received";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteNumber("bytes", Bytes);
        if (Total is { } total)
        {
            json.WriteNumber("total", total);
        }
    }
}
