namespace Switchboard.Chat;

/// <summary>What a chat is called, what it keeps, and what it grants.</summary>
public sealed record ChatOptions
{
    /// <summary>
    /// The server's name, as clients see it: letters, digits, dots and hyphens. Default <c>switchboard</c>.
    /// </summary>
    public string Name { get; init; } = "switchboard";

    /// <summary>
    /// The name of the whole chat, which all servers of it share; no spaces. Default <c>Switchboard</c>.
    /// </summary>
    public string Network { get; init; } = "Switchboard";

    /// <summary>The lines that greet whoever comes; none by default.</summary>
    public IReadOnlyList<string> Motd { get; init; } = [];

    /// <summary>
    /// Where messages and accounts are kept; who started the chat disposes it. Null keeps them in memory until the chat
    /// ends.
    /// </summary>
    public IChatStore? Store { get; init; }

    /// <summary>
    /// What joins this server with others of the same <see cref="Network"/>, each of which needs its own
    /// <see cref="Name"/>. Call <see cref="ChatServer.JoinServersAsync"/> before anybody is served. The store must be
    /// an <see cref="IChatOutbox"/> too. Null for a server alone.
    /// </summary>
    public IChatBroker? Broker { get; init; }

    /// <summary>
    /// How many messages wait for a broker that is away before the oldest are given up, which the other servers show as
    /// a gap. At least 1. Default 100,000.
    /// </summary>
    public int MaxOutgoing { get; init; } = 100_000;

    /// <summary>Whether people may make accounts for themselves. Default: they may.</summary>
    public bool TakesRegistrations { get; init; } = true;

    /// <summary>The password that everybody needs to come in; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>How long messages are kept; <see cref="Timeout.InfiniteTimeSpan"/> for ever. Default 30 days.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>What new passwords cost; see <see cref="Passwords"/>. Default 210,000.</summary>
    public int PasswordIterations { get; init; } = Passwords.DefaultIterations;

    /// <summary>What people are granted.</summary>
    public ChatLimits Limits { get; init; } = new();

    /// <summary>Where time comes from; the system's clock by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Is told what happens; nobody if null.</summary>
    public ChatObserver? Observer { get; init; }
}
