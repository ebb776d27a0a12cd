using System.Globalization;

namespace Switchboard.Chat.Tests.Storing;

/// <summary>Messages of tests, by their numbers.</summary>
internal static class Said
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Time(long millisecond) => Start.AddMilliseconds(millisecond);

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"m{number:D6}");

    /// <summary>Message 3 is said in the third millisecond, unless another is given.</summary>
    public static StoredMessage Message(int number, string talk = "#room", long? millisecond = null) => new(
        Id(number), Time(millisecond ?? number), talk, "ann!a@host", "ann", "PRIVMSG", talk, $"text {number}");

    public static StoredMessage[] Messages(IEnumerable<int> numbers, string talk = "#room") =>
        [.. numbers.Select(number => Message(number, talk))];

    public static async Task<string[]> IdsAsync(this IChatStore store, HistoryQuery query) =>
        [.. (await store.ReadAsync(query)).Select(message => message.Id)];

    public static string[] Ids(params int[] numbers) => [.. numbers.Select(Id)];
}
