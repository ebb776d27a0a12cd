namespace Switchboard.Chat;

/// <summary>Who a client is, and how far it goes with a server. Only the nick has to be said.</summary>
public sealed record ChatClientOptions
{
    /// <summary>
    /// The nick that is wanted. If somebody has it, others are tried, made of it; see <see cref="MaxNickAttempts"/>.
    /// </summary>
    public required string Nick { get; init => field = Word(value, nameof(Nick)); }

    /// <summary>The part of the address before the at sign; the nick's letters by default.</summary>
    public string? User { get; init; }

    /// <summary>What <c>WHOIS</c> shows as the real name; the nick by default.</summary>
    public string? RealName { get; init; }

    /// <summary>The account to sign in to, if <see cref="Password"/> is given; the nick by default.</summary>
    public string? Account { get; init; }

    /// <summary>
    /// Signs in with SASL PLAIN before anything else is said. It goes to the server as it is: use TLS, or an endpoint
    /// within this machine. A server that cannot sign anybody in is refused.
    /// </summary>
    public string? Password { get; init; }

    /// <summary>What the server itself asks of everybody (<c>PASS</c>); none by default.</summary>
    public string? ServerPassword { get; init; }

    /// <summary>How connections are made. Its clock times everything else here, too.</summary>
    public ConnectOptions Connect { get; init; } = new();

    /// <summary>How many nicks are tried, at least 1: then the wanted one or none. Default 8.</summary>
    public int MaxNickAttempts { get; init => field = AtLeastOne(value); } = 8;

    /// <summary>
    /// The most bytes of a line with its tags, at least 512; a longer one ends the connection. Default 16 KiB.
    /// </summary>
    public int MaxLineBytes { get; init => field = AtLeast(value, least: 512); } = 16 * 1024;

    /// <summary>
    /// How many events may wait to be received. What happens meanwhile is dropped, and <see cref="ChatSkipped"/> stands
    /// in its place. Default 1000.
    /// </summary>
    public int MaxWaitingEvents { get; init => field = AtLeastOne(value); } = 1000;

    /// <summary>The most members that are remembered of one room. Default 100,000.</summary>
    public int MaxMembers { get; init => field = AtLeastOne(value); } = 100_000;

    /// <summary>How long registering and signing in may take together. Default 30 seconds.</summary>
    public TimeSpan RegistrationTimeout { get; init => field = Positive(value); } = TimeSpan.FromSeconds(30);

    /// <summary>How long the server may take to answer a question, such as a join. Default 30 seconds.</summary>
    public TimeSpan AnswerTimeout { get; init => field = Positive(value); } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// After so long a silence the server is asked whether it is there; after another, the connection is given up.
    /// Default 1 minute.
    /// </summary>
    public TimeSpan Silence { get; init => field = Positive(value); } = TimeSpan.FromMinutes(1);

    /// <summary>How many lines may be sent at once; more wait for their turn. Default 10.</summary>
    public int MaxLinesAtOnce { get; init => field = AtLeastOne(value); } = 10;

    /// <summary>
    /// How far apart further lines are sent: servers put out who says too much at once. Default 1 second; zero for a
    /// server that takes everything.
    /// </summary>
    public TimeSpan LineInterval { get; init => field = NotNegative(value); } = TimeSpan.FromSeconds(1);

    /// <summary>How often in a row a lost connection is made anew; 0 for never. Default 1000.</summary>
    public int MaxReconnects { get; init => field = AtLeast(value, least: 0); } = 1000;

    /// <summary>The longest wait before the first try; each further wait is twice as long. Default 1 second.</summary>
    public TimeSpan FirstReconnectDelay { get; init => field = Positive(value); } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait before a try. Default 1 minute.</summary>
    public TimeSpan LongestReconnectDelay { get; init => field = Positive(value); } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How many missed messages of one talk are fetched after a reconnect, where the server has them. Default 1000.
    /// </summary>
    public int MaxMissedMessages { get; init => field = AtLeastOne(value); } = 1000;

    /// <summary>Where chance comes from: waits differ, so that not everybody comes back in the same moment.</summary>
    public Random Chance { get; init; } = Random.Shared;

    internal TimeProvider Time => Connect.Connection.TimeProvider;

    private static string Word(string text, string name) =>
        text.Length > 0 && text.AsSpan().IndexOfAny(" \r\n\0") < 0 && text[0] != ':'
            ? text
            : throw new ArgumentException($"\"{text}\" is no nick: it has to be one word.", name);

    private static int AtLeastOne(int value) => AtLeast(value, least: 1);

    private static int AtLeast(int value, int least)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        return value;
    }

    private static TimeSpan NotNegative(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        return value;
    }

    private static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }
}
