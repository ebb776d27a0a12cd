using System.Text.Json.Serialization;

namespace Switchboard.Board.Lessons;

/// <summary>
/// One line of a program in three languages, which do the same there; <c>{port}</c> stands for the port.
/// </summary>
internal sealed record LessonLine
{
    public required string Python { get; init; }

    /// <summary>C# with the library, which does much of it in one call: a line may be a part of a statement.</summary>
    [JsonPropertyName("csharp")]
    public required string CSharp { get; init; }

    public required string C { get; init; }
}
