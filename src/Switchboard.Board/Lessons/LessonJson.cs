using System.Text.Json;
using System.Text.Json.Serialization;

namespace Switchboard.Board.Lessons;

/// <summary>Reads lessons strictly: a member that nobody knows is a mistake of who wrote it.</summary>
[JsonSerializable(typeof(Lesson))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class LessonJson : JsonSerializerContext;
