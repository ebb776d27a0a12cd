using System.Text.Json;
using Switchboard.Cli.Output;
using Switchboard.Files;

namespace Switchboard.Cli.Transfers;

/// <summary>How far a transfer is; for programs only, people see a bar.</summary>
internal sealed record ProgressEvent(TransferProgress Progress, double BytesPerSecond) : ConsoleEvent
{
    public override string Name => "progress";

    public override string Text => "";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("name", Progress.Name);
        json.WriteNumber("filesDone", Progress.FilesDone);
        json.WriteNumber("files", Progress.Files);
        json.WriteNumber("bytesDone", Progress.BytesDone);
        json.WriteNumber("bytesResumed", Progress.BytesResumed);
        if (Progress.Bytes is { } bytes)
        {
            json.WriteNumber("bytes", bytes);
        }

        json.WriteNumber("bytesPerSecond", Math.Round(BytesPerSecond));
    }
}
