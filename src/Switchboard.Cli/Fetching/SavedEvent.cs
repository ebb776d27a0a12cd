using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Fetching;

/// <summary>A file is complete, and has its name.</summary>
/// <param name="File">As it was typed.</param>
/// <param name="Bytes">How many it has.</param>
/// <param name="Resumed">How many of them an earlier fetch had left.</param>
internal sealed record SavedEvent(string File, long Bytes, long Resumed) : ConsoleEvent
{
    public override string Name => "saved";

    public override string Text => Resumed == 0
        ? $"Saved {File}: {ByteText.Show(Bytes)}"
        : $"Saved {File}: {ByteText.Show(Bytes)}, of which {ByteText.Show(Resumed)} were here already";

    public override Tone Tone => Tone.Good;

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("file", File);
        json.WriteNumber("bytes", Bytes);
        json.WriteNumber("resumed", Resumed);
    }
}
