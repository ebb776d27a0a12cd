using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Switchboard;

namespace Bank.Protocol;

/// <summary>
/// One request or one answer. On the wire, all numbers in network order:
/// <code>
///   4 bytes   length of what follows, at most 128 KiB
///   1 byte    version of the protocol: 1
///   8 bytes   request id; an answer has that of its request, and answers may overtake each other
///   rest      JSON in UTF-8: {"do":"transfer","token":"…","from":"…", …} or {"is":"transferred", …}
/// </code>
/// Id 0 is never asked with: an answer of id 0 is about bytes whose id could not be read.
/// </summary>
public static class BankFrame
{
    public const byte Version = 1;
    public const int MaxBytes = 128 * 1024;
    public const int HeaderBytes = 1 + sizeof(ulong);

    /// <summary>Nothing is guessed: unknown, missing and doubled fields are refused.</summary>
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = 8,

        // No browser reads these bytes; escaping all letters but English ones would only make them longer.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    private static readonly HashSet<string> KnownRequests =
    [
        .. typeof(BankRequest).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
            .Select(known => (string)((JsonDerivedTypeAttribute)known).TypeDiscriminator!),
    ];

    /// <summary>Four bytes of length, then that many bytes.</summary>
    public static Framing Framing { get; } = Framing.LengthPrefixed(MaxBytes);

    public static byte[] Write(ulong id, BankRequest request) =>
        Write(id, JsonSerializer.SerializeToUtf8Bytes(request, Json));

    public static byte[] Write(ulong id, BankReply reply) =>
        Write(id, JsonSerializer.SerializeToUtf8Bytes(reply, Json));

    /// <summary>Answers are kept with the keys of what they answer, and are read back for who asks again.</summary>
    public static string ToText(BankReply reply) => JsonSerializer.Serialize(reply, Json);

    public static BankReply ReplyFromText(string text) => JsonSerializer.Deserialize<BankReply>(text, Json)!;

    /// <summary>Whose answer it is, 0 if the frame is too short to say.</summary>
    public static ulong IdOf(ReadOnlySpan<byte> frame) =>
        frame.Length < HeaderBytes ? 0 : BinaryPrimitives.ReadUInt64BigEndian(frame[1..]);

    /// <exception cref="BankException">It is none. The error says why.</exception>
    public static BankRequest ReadRequest(ReadOnlySpan<byte> frame)
    {
        var json = Body(frame);
        if (IdOf(frame) == 0)
        {
            throw Bad("no request has the id 0");
        }

        try
        {
            return JsonSerializer.Deserialize<BankRequest>(json, Json) ?? throw Bad("it is null");
        }
        catch (Exception wrong) when (wrong is JsonException or NotSupportedException)
        {
            throw NameOf(json) is { } name && !KnownRequests.Contains(name)
                ? new BankException(BankError.UnknownRequest, "There is no request of this name.")
                : Bad("it is no JSON of a request with exactly the fields that belong there");
        }
    }

    /// <exception cref="BankException">It is none. The error says why.</exception>
    public static BankReply ReadReply(ReadOnlySpan<byte> frame)
    {
        try
        {
            return JsonSerializer.Deserialize<BankReply>(Body(frame), Json) ?? throw Bad("it is null");
        }
        catch (Exception wrong) when (wrong is JsonException or NotSupportedException)
        {
            throw new BankException(BankError.BadRequest, "An answer cannot be read.", wrong);
        }
    }

    private static byte[] Write(ulong id, byte[] json)
    {
        var frame = new byte[HeaderBytes + json.Length];
        frame[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(1), id);
        json.CopyTo(frame, HeaderBytes);

        return frame;
    }

    private static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> frame) => frame switch
    {
        { Length: < HeaderBytes } => throw Bad("it is shorter than its header"),
        [not Version, ..] => throw new BankException(
            BankError.UnsupportedVersion, $"This is version {Version} of the protocol."),
        _ => frame[HeaderBytes..],
    };

    // Only to say what was wrong; the text may be anything.
    private static string? NameOf(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);

            return reader.Read() && reader.Read() && reader.TokenType == JsonTokenType.PropertyName
                && reader.ValueTextEquals("do") && reader.Read() && reader.TokenType == JsonTokenType.String
                    ? reader.GetString()
                    : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static BankException Bad(string why) => new(BankError.BadRequest, $"The frame cannot be read: {why}.");
}
