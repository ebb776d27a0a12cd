namespace Switchboard;

/// <summary>How a server listens, what it grants, and who watches.</summary>
public sealed record ServerOptions
{
    /// <summary>What the server grants its peers.</summary>
    public ServerLimits Limits { get; init; } = new();

    /// <summary>
    /// How to listen and how connections behave, bytes waiting to be sent
    /// (<see cref="ConnectionOptions.MaxPendingSendBytes"/>) and the clock included.
    /// </summary>
    public ListenOptions Listen { get; init; } = ListenOptions.Default;

    /// <summary>On what handlers run. Default <see cref="ServerLoop.Async"/>.</summary>
    public ServerLoop Loop { get; init; }

    /// <summary>How long a stop waits for handlers when it is not told otherwise. Default 30 seconds.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Is told what happens; nobody if null.</summary>
    public ServerObserver? Observer { get; init; }

    internal static ServerOptions Default { get; } = new();
}
