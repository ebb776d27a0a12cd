using System.Text.Json.Serialization;

namespace Switchboard.Board.Lab;

/// <summary>Reads the commands of pages.</summary>
[JsonSerializable(typeof(LabCommand))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class LabCommandJson : JsonSerializerContext;
