using System.Globalization;
using System.Text.Json;
using Switchboard.Cli.Output;
using Switchboard.Files;

namespace Switchboard.Cli.Transfers;

/// <summary>All of it is there, whole and verified.</summary>
/// <param name="Verb">sent or received.</param>
/// <param name="Result">How much it was.</param>
internal sealed record TransferredEvent(string Verb, TransferResult Result) : ConsoleEvent
{
    public override string Name => Verb;

    public override string Text
    {
        get
        {
            var files = Result.Files == 1 ? "file" : "files";
            var resumed = Result.BytesResumed > 0 ? $", {ByteText.Show(Result.BytesResumed)} of it there before" : "";
            var rate = ByteText.Show((long)((Result.Bytes - Result.BytesResumed) / Seconds));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{Result.Files} {files} {Verb} and verified: {ByteText.Show(Result.Bytes)}{resumed}, "
                + $"in {Seconds:0.0##} s ({rate}/s)");
        }
    }

    public override Tone Tone => Tone.Good;

    private double Seconds => Math.Max(0.001, Result.Elapsed.TotalSeconds);

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteNumber("files", Result.Files);
        json.WriteNumber("bytes", Result.Bytes);
        json.WriteNumber("bytesResumed", Result.BytesResumed);
        json.WriteNumber("seconds", Math.Round(Result.Elapsed.TotalSeconds, 6));
    }
}
