using System.CommandLine;

namespace Switchboard.Cli.Options;

/// <summary><c>--engine</c>, for every verb that makes or accepts connections.</summary>
internal static class EngineOption
{
    private const string Epoll = "epoll";
    private const string Sockets = "sockets";

    public static Option<string?> Create() => TextOption.Create(
        "--engine",
        $"{Epoll}|{Sockets}",
        "How the system is asked for bytes (default: SWITCHBOARD_ENGINE, or the best)",
        Parse, Epoll, Sockets);

    /// <exception cref="FormatException">It names no engine.</exception>
    public static string Parse(string text) => OneOf.Parse(text, (Epoll, Epoll), (Sockets, Sockets));
}
