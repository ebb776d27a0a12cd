using System.Text;
using System.Text.Json;

namespace Switchboard.Cli.Configuration;

/// <summary>
/// Reads the array of entries out of a file, and checks its form: keys that exist, once each, with values of the right
/// kind. What the values mean is decided by <see cref="PlanReader"/>.
/// </summary>
internal ref struct EntryReader
{
    private const string Form = "an array of entries: [ { \"serve\": \"echo\", \"listen\": \":7340\" } ]";

    private readonly ReadOnlySpan<byte> _file;
    private Utf8JsonReader _json;

    private EntryReader(ReadOnlySpan<byte> file)
    {
        _file = file;
        _json = new Utf8JsonReader(
            file, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
    }

    /// <summary>All entries of a file, in its order.</summary>
    /// <exception cref="ConfigurationException">The file has another form.</exception>
    public static IReadOnlyList<Entry> ReadAll(ReadOnlySpan<byte> file)
    {
        try
        {
            return new EntryReader(file).ReadArray();
        }
        catch (JsonException error)
        {
            var problem = $"this is not JSON: {WithoutPosition(error.Message)}";
            throw new ConfigurationException(PlaceOf(error, file), problem);
        }
    }

    private List<Entry> ReadArray()
    {
        Expect(JsonTokenType.StartArray, Form);
        var entries = new List<Entry>();
        while (Next() != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.StartObject)
            {
                throw Wrong("an entry: { \"serve\": \"echo\", \"listen\": \":7340\" }");
            }

            entries.Add(ReadEntry());
        }

        // What follows the array is looked at too: a second one would otherwise be ignored in silence.
        _json.Read();
        return entries;
    }

    private Entry ReadEntry()
    {
        var place = Here();
        var members = new Dictionary<string, Member>();
        while (Next() == JsonTokenType.PropertyName)
        {
            var key = _json.GetString()!;
            RefuseKey(key, members);
            Next();
            members.Add(key, ReadValue(key));
        }

        return new Entry(place, members);
    }

    private readonly void RefuseKey(string key, Dictionary<string, Member> members)
    {
        if (!Keys.All.Contains(key))
        {
            throw new ConfigurationException(Here(), $"\"{key}\" is no key.", $"one of {string.Join(", ", Keys.All)}");
        }

        if (members.ContainsKey(key))
        {
            throw new ConfigurationException(Here(), $"\"{key}\" is there twice.", "each key once");
        }
    }

    private readonly Member ReadValue(string key) => Keys.Allows(key, _json.TokenType)
        ? new Member(
            _json.TokenType,
            _json.TokenType == JsonTokenType.String ? _json.GetString()! : Encoding.UTF8.GetString(_json.ValueSpan),
            Here())
        : throw Wrong(Keys.Expected(key));

    private void Expect(JsonTokenType kind, string expected)
    {
        if (Next() != kind)
        {
            throw Wrong(expected);
        }
    }

    private JsonTokenType Next()
    {
        _json.Read();
        return _json.TokenType;
    }

    private readonly ConfigurationException Wrong(string expected) => new(Here(), Describe(_json.TokenType), expected);

    private readonly Place Here() => Place.Of(_file, _json.TokenStartIndex);

    private static string Describe(JsonTokenType kind) => kind switch
    {
        JsonTokenType.StartArray => "there is an array.",
        JsonTokenType.StartObject => "there is an object.",
        JsonTokenType.String => "there is a string.",
        JsonTokenType.Number => "there is a number.",
        JsonTokenType.True or JsonTokenType.False => "there is true or false.",
        JsonTokenType.Null => "there is null.",
        _ => "something is missing.",
    };

    private static Place PlaceOf(JsonException error, ReadOnlySpan<byte> file)
    {
        var start = 0;
        for (var line = 0L; line < error.LineNumber; line++)
        {
            start += file[start..].IndexOf((byte)'\n') + 1;
        }

        return Place.Of(file, start + (error.BytePositionInLine ?? 0));
    }

    // The message ends with the place in its own way of counting, from 0.
    private static string WithoutPosition(string message)
    {
        var position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? message : message[..position];
    }
}
