using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Switchboard.Chat.Events;
using Switchboard.Chat.People;

namespace Switchboard.Chat.Servers.Letters;

/// <summary>Letters as bytes: a line with the version, and JSON.</summary>
internal static class LetterText
{
    /// <summary>A letter that is longer is refused unread.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private static ReadOnlySpan<byte> Version => "switchboard-chat 1\n"u8;

    private static readonly JsonTypeInfo<Letter> Json = MakeJson();

    public static byte[] Encode(Letter letter) => [.. Version, .. JsonSerializer.SerializeToUtf8Bytes(letter, Json)];

    /// <summary>Reads a letter; what it says is still to be looked at.</summary>
    /// <returns>The letter, or why it is none.</returns>
    public static (Letter? Letter, string Objection) Decode(ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxBytes)
        {
            return (null, $"it has {body.Length} bytes, and {MaxBytes} are allowed");
        }

        if (!body.StartsWith(Version))
        {
            return (null, "it is of another version, or of another program");
        }

        try
        {
            return (JsonSerializer.Deserialize(body[Version.Length..], Json), "it says nothing");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or InvalidOperationException)
        {
            return (null, "it is not well-formed");
        }
    }

    private static JsonTypeInfo<Letter> MakeJson()
    {
        var options = new JsonSerializerOptions(LetterJson.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = LetterJson.Default.WithAddedModifier(NameKinds),
        };
        return (JsonTypeInfo<Letter>)options.GetTypeInfo(typeof(Letter));
    }

    private static void NameKinds(JsonTypeInfo type)
    {
        if (type.Type == typeof(Letter))
        {
            type.PolymorphismOptions = Kinds(
                "letter",
                (typeof(SaidLetter), "said"),
                (typeof(EventsLetter), "events"),
                (typeof(HelloLetter), "hello"),
                (typeof(AskLetter), "ask"),
                (typeof(SnapshotLetter), "snapshot"));
        }
        else if (type.Type == typeof(WorldEvent))
        {
            type.PolymorphismOptions = Kinds(
                "event",
                (typeof(AccountChanged), "account"),
                (typeof(AwayChanged), "away"),
                (typeof(MessagePassed), "message"),
                (typeof(NickChanged), "nick"),
                (typeof(PersonArrived), "arrived"),
                (typeof(PersonInvited), "invited"),
                (typeof(PersonJoined), "joined"),
                (typeof(PersonKicked), "kicked"),
                (typeof(PersonLeft), "left"),
                (typeof(PersonParted), "parted"),
                (typeof(RealNameChanged), "real-name"),
                (typeof(RoomModesChanged), "room-modes"),
                (typeof(TopicChanged), "topic"),
                (typeof(UserModesChanged), "user-modes"));
        }
    }

    private static JsonPolymorphismOptions Kinds(string property, params (Type Type, string Name)[] kinds)
    {
        var options = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = property };
        foreach (var (type, name) in kinds)
        {
            options.DerivedTypes.Add(new JsonDerivedType(type, name));
        }

        return options;
    }
}
