using System.Globalization;
using Switchboard.Chat.People;

namespace Switchboard.Chat.Commands;

/// <summary>The fields that a client has chosen for its rows, and the word it knows them by.</summary>
/// <param name="Letters">In the order of the protocol, which is the order of the row.</param>
/// <param name="Token">Up to three digits.</param>
internal sealed record WhoFields(string Letters, string Token)
{
    private const string Order = "tcuihsnfdlaor";

    /// <summary>The fields behind a percent sign; null if there is none.</summary>
    public static WhoFields? Parse(string text)
    {
        var mark = text.IndexOf('%', StringComparison.Ordinal);
        if (mark < 0)
        {
            return null;
        }

        var parts = text[(mark + 1)..].Split(',', 2);
        var letters = string.Concat(Order.Where(each => parts[0].Contains(each, StringComparison.Ordinal)));
        var given = parts.Length > 1 ? parts[1] : "";
        return new WhoFields(letters, given.Length is > 0 and <= 3 && given.All(char.IsAsciiDigit) ? given : "0");
    }

    public string[] Row(Request request, Person person, Member? member) =>
        [.. Letters.Select(letter => Field(letter, request, person, member))];

    /// <summary>Here or gone, a bot, and the marks in the room.</summary>
    public static string Flags(Person person, Member? member, Client client) =>
        $"{(person.Away is null ? "H" : "G")}{(person.IsBot ? "B" : "")}{member?.Marks(client.Capabilities)}";

    private string Field(char letter, Request request, Person person, Member? member) => letter switch
    {
        't' => Token,
        'c' => member?.Room.Name ?? "*",
        'u' => person.User,
        'i' => "255.255.255.255",
        'h' => person.Host,
        's' => person.Server,
        'n' => person.Nick,
        'f' => Flags(person, member, request.Client),
        'd' => "0",
        'l' => Idle(request, person),
        'a' => person.Account ?? "0",
        'o' => "n/a",
        _ => person.RealName,
    };

    private static string Idle(Request request, Person person) =>
        Math.Max(0, (long)(request.Now - person.Spoke).TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
