using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Transfers;

/// <summary>A warning: something in a folder is neither file nor folder, and is not sent.</summary>
internal sealed record SkippedEvent(string Path) : ConsoleEvent
{
    public override string Name => "skipped";

    public override string Text => $"warning: {Path} is a link or no file, and is not sent";

    public override Tone Tone => Tone.Warning;

    public override void WriteFields(Utf8JsonWriter json) => json.WriteString("name", Path);
}
