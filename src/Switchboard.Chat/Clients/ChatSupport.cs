using System.Collections.Immutable;
using System.Globalization;
using Switchboard.Chat.Clients;

namespace Switchboard.Chat;

/// <summary>What the server has announced about itself (<c>ISUPPORT</c>), and which capabilities are in use.</summary>
public sealed record ChatSupport
{
    internal const string HistoryCapability = "draft/chathistory";

    private const int MaxTokens = 500;
    private const int UsualHistory = 100;

    private readonly ImmutableDictionary<string, string> _tokens =
        ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    internal ChatSupport()
    {
    }

    private ChatSupport(ImmutableDictionary<string, string> tokens)
    {
        _tokens = tokens;
    }

    /// <summary>The capabilities that both ends use, such as <c>echo-message</c>.</summary>
    public ImmutableHashSet<string> Capabilities { get; init; } = [];

    /// <summary>What the network calls itself; null if it does not.</summary>
    public string? Network => this["NETWORK"];

    /// <summary>How many messages can be asked for at once; null where the server keeps no history.</summary>
    public int? HistoryLimit => !Capabilities.Contains(HistoryCapability) ? null
        : Number("CHATHISTORY") is > 0 and var limit ? limit : UsualHistory;

    /// <summary>By which rule names are equal.</summary>
    public IEqualityComparer<string> Names { get; private init; } = NickComparer.Rfc1459;

    /// <summary>The value of a token, empty if it has none; null where it was not announced.</summary>
    public string? this[string token] => _tokens.GetValueOrDefault(token);

    /// <summary>Whether this is the name of a room rather than of a person.</summary>
    public bool IsRoom(string name) =>
        name.Length > 0 && (this["CHANTYPES"] ?? "#&").Contains(name[0], StringComparison.Ordinal);

    /// <summary>Whether two names mean the same.</summary>
    public bool AreSame(string name, string other) => Names.Equals(name, other);

    /// <summary>The letters of the modes that give members a mark, and those marks, best first.</summary>
    internal (string Modes, string Marks) MemberMarks
    {
        get
        {
            var prefix = this["PREFIX"] ?? "(ov)@+";
            var end = prefix.IndexOf(')', StringComparison.Ordinal);
            return prefix is ['(', ..] && end > 0 && prefix.Length - end - 1 == end - 1
                ? (prefix[1..end], prefix[(end + 1)..])
                : ("", "");
        }
    }

    /// <summary>The modes of rooms that are lists, always have a parameter, have one when set, and never.</summary>
    internal string[] RoomModes => (this["CHANMODES"] ?? "b,k,l,imnpst").Split(',');

    /// <summary>Takes in one line of announcements.</summary>
    /// <param name="parameters">Between the nick and the words for people.</param>
    internal ChatSupport With(IEnumerable<string> parameters)
    {
        var tokens = _tokens.ToBuilder();
        foreach (var parameter in parameters)
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? parameter : parameter[..equals];
            if (name is ['-', ..])
            {
                tokens.Remove(name[1..]);
            }
            else if (tokens.Count < MaxTokens)
            {
                tokens[name] = equals < 0 ? "" : parameter[(equals + 1)..];
            }
        }

        return new ChatSupport(tokens.ToImmutable())
        {
            Capabilities = Capabilities,
            Names = NickComparer.Named(tokens.GetValueOrDefault("CASEMAPPING")),
        };
    }

    private int? Number(string token) =>
        int.TryParse(this[token], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
