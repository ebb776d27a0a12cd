namespace Switchboard.Cli.Handlers;

/// <summary>All built-in services, in the order of their ports.</summary>
internal static class BuiltIns
{
    /// <summary>Where <c>up</c> starts to count.</summary>
    public const int FirstPort = 7340;

    /// <summary>Where <c>serve chat</c> listens: IRC clients look there first.</summary>
    public const int IrcPort = 6667;

    public static IReadOnlyList<BuiltIn> All { get; } =
    [
        new("echo", 7340, "Sends back what it receives", FramingUse.Optional, EchoHandler.Start)
        {
            TryIt = at => $"printf 'hello\\n' | nc -N {at}",
        },
        new("discard", 7341, "Receives and forgets", FramingUse.None, DiscardHandler.Start)
        {
            TryIt = at => $"head -c 1M /dev/zero | nc -N {at}",
        },
        new("reverse", 7342, "Sends back one receive, or each frame, reversed", FramingUse.Optional,
            ReverseHandler.Start)
        {
            TryIt = at => $"printf 'Hello, world!' | nc -N {at}   # prints !dlrow ,olleH",
        },
        new("greet", 7343, "Greets, and closes", FramingUse.None, GreetHandler.Start) { TryIt = at => $"nc {at}" },
        new("daytime", 7344, "Tells the date and the time in a line (RFC 867)", FramingUse.None,
            DaytimeHandler.Start)
        {
            TryIt = at => $"nc {at}",
        },
        new("time", 7345, "Tells the seconds since 1900, until 2036 (RFC 868)", FramingUse.None,
            TimeHandler.Start)
        {
            TryIt = at => $"nc {at} | od -An -tu4 --endian=big",
        },
        new("chargen", 7346, "Sends rotating lines until the peer leaves (RFC 864)", FramingUse.None,
            ChargenHandler.Start)
        {
            TryIt = at => $"nc {at} | head -3",
        },
    ];

    /// <summary>The web server of files, which is no handler of connections: what it does is in its plan.</summary>
    public static BuiltIn Files { get; } = new(
        "files", 7347, "Shows a folder to browsers", FramingUse.None,
        _ => (_, _) => throw new InvalidOperationException("It is served by Kestrel."))
    {
        TryIt = at => $"curl {at}",
    };

    /// <summary>The chat, which is one for all its connections.</summary>
    public static BuiltIn Chat { get; } = new(
        "chat", 7348, "Rooms and private talks, for every IRC client", FramingUse.None,
        _ => (_, _) => throw new InvalidOperationException("What it does is in its plan."))
    {
        TryIt = at => $"nc {at}   # NICK you, USER you 0 * you",
    };

    /// <summary>The page of the chat, which is another way into it.</summary>
    public static BuiltIn ChatPage { get; } = new(
        "chat-page", 7349, "The chat, to browsers", FramingUse.None,
        _ => (_, _) => throw new InvalidOperationException("It is served by Kestrel."))
    {
        TryIt = at => $"curl {at}",
    };

    /// <summary>The page that shows all the others at work.</summary>
    public static BuiltIn Board { get; } = new(
        "board", 7350, "Shows every socket of this machine, live", FramingUse.None,
        _ => (_, _) => throw new InvalidOperationException("It is served by Kestrel."))
    {
        TryIt = at => $"curl {at}",
    };

    /// <summary>What <c>up</c> runs, in the order of the ports.</summary>
    public static IReadOnlyList<BuiltIn> Everything { get; } = [.. All, Files, Chat, Board];

    /// <summary>Those that can answer frame by frame, as one text.</summary>
    public static string FramedNames =>
        string.Join(", ", All.Where(each => each.Framed == FramingUse.Optional).Select(each => each.Name));

    /// <exception cref="FormatException">There is no such service; the message names all.</exception>
    public static BuiltIn Parse(string name) =>
        Everything.FirstOrDefault(each => each.Name == name)
        ?? throw new FormatException($"there is no service '{name}'. There are {Names}.");

    private static string Names => string.Join(", ", Everything.Select(each => each.Name));
}
