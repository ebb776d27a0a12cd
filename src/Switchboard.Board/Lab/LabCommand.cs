using System.Text.Json;

namespace Switchboard.Board.Lab;

/// <summary>What a page asks of its run.</summary>
/// <param name="Do"><c>start</c>, <c>step</c> or <c>break</c>.</param>
internal sealed record LabCommand(string Do)
{
    /// <summary>Counts the commands of a page: it hears back which was the last that was obeyed.</summary>
    public int? Id { get; init; }

    /// <summary>Of a start: which lesson.</summary>
    public string? Lesson { get; init; }

    /// <summary>Of a start: the actor that a program of one's own plays; of a step: who makes it.</summary>
    public string? Actor { get; init; }

    /// <summary>Of a start: where the server listens that one runs oneself.</summary>
    public int? Port { get; init; }

    /// <summary>Of a break: which.</summary>
    public int? Index { get; init; }

    /// <summary>Reads one; null if it is none.</summary>
    public static LabCommand? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LabCommandJson.Default.LabCommand);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
