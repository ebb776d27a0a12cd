namespace Switchboard.Board;

/// <summary>How a board is shown.</summary>
public sealed record BoardOptions
{
    private const int LeastTokenLength = 16;

    /// <summary>Where browsers find it. Default a free port of loopback: the board is for this machine.</summary>
    public Endpoint Listen { get; init; } = new TcpEndpoint("localhost", 0);

    /// <summary>
    /// What opens it: ASCII letters and digits, 16 at least. Null, the default, for a new one; one that stays the same
    /// lets pages in again that were open before.
    /// </summary>
    /// <exception cref="ArgumentException">It has another form.</exception>
    public string? Token { get; init => field = Checked(value); }

    /// <summary>How the operating system is asked; <see cref="Engine.Default"/> if null.</summary>
    public Engine? Engine { get; init; }

    /// <summary>What the page calls a listener of this process; null for no name but its endpoint.</summary>
    public Func<Endpoint, string?> NameOf { get; init; } = static _ => null;

    /// <summary>Every time it tells and waits for comes from here.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    private static string? Checked(string? token) =>
        token is null || (token.Length >= LeastTokenLength && token.All(char.IsAsciiLetterOrDigit))
            ? token
            : throw new ArgumentException(
                $"A token has {LeastTokenLength} letters and digits, or more.", nameof(token));
}
