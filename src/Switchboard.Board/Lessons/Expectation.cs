using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Switchboard.Board.Lessons;

/// <summary>
/// A number as a lesson promises it: <c>10</c>, or where it depends on a machine's settings <c>"&lt;300000"</c>,
/// <c>"&gt;0"</c> or <c>"1..5"</c>.
/// </summary>
/// <param name="AtLeast">The smallest that keeps the promise.</param>
/// <param name="AtMost">The largest.</param>
[JsonConverter(typeof(Converter))]
internal sealed record Expectation(long AtLeast, long AtMost)
{
    public bool IsMetBy(long number) => number >= AtLeast && number <= AtMost;

    public override string ToString() => (AtLeast, AtMost) switch
    {
        _ when AtLeast == AtMost => $"{AtLeast}",
        (long.MinValue, _) => $"at most {AtMost}",
        (_, long.MaxValue) => $"at least {AtLeast}",
        _ => $"{AtLeast} to {AtMost}",
    };

    /// <exception cref="FormatException">It is not written like one.</exception>
    internal static Expectation Parse(string text)
    {
        if (text.StartsWith('<'))
        {
            return new(long.MinValue, NumberIn(text[1..]) - 1);
        }

        if (text.StartsWith('>'))
        {
            return new(NumberIn(text[1..]) + 1, long.MaxValue);
        }

        var bounds = text.Split("..");
        return bounds.Length == 2
            ? new(NumberIn(bounds[0]), NumberIn(bounds[1]))
            : throw new FormatException($"\"{text}\" is not written as 5, \"<5\", \">5\" or \"1..5\".");
    }

    private static long NumberIn(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"\"{text}\" is not a number.");

    internal sealed class Converter : JsonConverter<Expectation>
    {
        public override Expectation Read(ref Utf8JsonReader json, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return json.TokenType == JsonTokenType.Number
                    ? new(json.GetInt64(), json.GetInt64())
                    : Parse(json.GetString() ?? "");
            }
            catch (Exception error) when (error is FormatException or InvalidOperationException)
            {
                throw new JsonException(error.Message, error);
            }
        }

        public override void Write(Utf8JsonWriter json, Expectation value, JsonSerializerOptions options) =>
            json.WriteStringValue(value.ToString());
    }
}
