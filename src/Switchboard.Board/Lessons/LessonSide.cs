using System.Text.Json.Serialization;

namespace Switchboard.Board.Lessons;

/// <summary>Where an actor stands on the page.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LessonSide>))]
internal enum LessonSide
{
    [JsonStringEnumMemberName("server")]
    Server,

    [JsonStringEnumMemberName("client")]
    Client,

    /// <summary>Not a program: the cable, the other machine.</summary>
    [JsonStringEnumMemberName("world")]
    World,
}
