using System.Text.Json.Serialization;
using Switchboard.Chat.Events;
using Switchboard.Chat.People;

namespace Switchboard.Chat.Servers.Letters;

/// <summary>Letters as JSON, and nothing else: what is unknown, doubled or missing is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 12)]
[JsonSerializable(typeof(Letter))]
[JsonSerializable(typeof(SaidLetter))]
[JsonSerializable(typeof(EventsLetter))]
[JsonSerializable(typeof(HelloLetter))]
[JsonSerializable(typeof(AskLetter))]
[JsonSerializable(typeof(SnapshotLetter))]
[JsonSerializable(typeof(WorldEvent))]
[JsonSerializable(typeof(AccountChanged))]
[JsonSerializable(typeof(AwayChanged))]
[JsonSerializable(typeof(MessagePassed))]
[JsonSerializable(typeof(NickChanged))]
[JsonSerializable(typeof(PersonArrived))]
[JsonSerializable(typeof(PersonInvited))]
[JsonSerializable(typeof(PersonJoined))]
[JsonSerializable(typeof(PersonKicked))]
[JsonSerializable(typeof(PersonLeft))]
[JsonSerializable(typeof(PersonParted))]
[JsonSerializable(typeof(RealNameChanged))]
[JsonSerializable(typeof(RoomModesChanged))]
[JsonSerializable(typeof(TopicChanged))]
[JsonSerializable(typeof(UserModesChanged))]
internal sealed partial class LetterJson : JsonSerializerContext;
