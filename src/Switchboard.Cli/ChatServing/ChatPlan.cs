namespace Switchboard.Cli.ChatServing;

/// <summary>What a chat is called, and where it keeps what is said.</summary>
internal sealed record ChatPlan
{
    /// <summary>The file that is made where nothing else was said.</summary>
    public const string DefaultDatabase = "switchboard-chat.db";

    /// <summary>A chat of which nothing is kept when it ends.</summary>
    public static ChatPlan InMemory { get; } = new() { Database = "memory:" };

    /// <summary>The server's name; null for the default.</summary>
    public string? Name { get; init; }

    /// <summary>The name of the whole chat; null for the default.</summary>
    public string? Network { get; init; }

    /// <summary>The file whose lines greet whoever comes; null for none.</summary>
    public string? MotdFile { get; init; }

    /// <summary>The file whose first line everybody has to know; null for none.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>As <c>ChatStore.OpenAsync</c> reads it; null for <see cref="DefaultDatabase"/>.</summary>
    public string? Database { get; init; }

    /// <summary>Where browsers get in; null for nowhere.</summary>
    public Endpoint? Web { get; init; }

    /// <summary>As <c>ChatBroker.Parse</c> reads it; null for a server alone.</summary>
    public string? Broker { get; init; }

    public bool TakesRegistrations { get; init; } = true;
}
