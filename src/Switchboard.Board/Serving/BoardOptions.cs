namespace Switchboard.Board;

/// <summary>How a board is shown.</summary>
public sealed record BoardOptions
{
    /// <summary>Where browsers find it. Default a free port of loopback: the board is for this machine.</summary>
    public Endpoint Listen { get; init; } = new TcpEndpoint("localhost", 0);

    /// <summary>How the operating system is asked; <see cref="Engine.Default"/> if null.</summary>
    public Engine? Engine { get; init; }

    /// <summary>Every time it tells and waits for comes from here.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
