using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Questions;

/// <summary>All holders were told.</summary>
internal sealed record HolderCountEvent(int Count) : ConsoleEvent
{
    public override string Name => "end";

    public override string Text => $"{Count} holders";

    public override void WriteFields(Utf8JsonWriter json) => json.WriteNumber("holders", Count);
}
