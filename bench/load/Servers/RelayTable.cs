namespace Switchboard.Bench.Load.Servers;

/// <summary>Every relay there is to measure.</summary>
internal static class RelayTable
{
    /// <summary>Stands in an argument for the port that is relayed to.</summary>
    private const string Target = "{target}";

    public static IReadOnlyList<ServerKind> All { get; } =
    [
        Socat("socat", "with its buffer of 8 KiB"),
        Socat("socat-64k", "with a buffer of 64 KiB", "-b", "65536"),
        Socat("socat-256k", "with a buffer of 256 KiB", "-b", "262144"),
        InC("c-copy", "C, blocking, copied in pieces of 256 KiB", "copy"),
        InC("c-splice", "C, blocking, never copied into the process", "splice"),
        Ours("switchboard-relay", "on the epoll engine", "epoll"),
        Ours("switchboard-relay-sockets", "on the engine of .NET's sockets", "sockets"),
    ];

    /// <summary>The same relay, to a port.</summary>
    public static ServerKind To(this ServerKind kind, int port) =>
        kind with { Start = [.. kind.Start.Select(part => part.Replace(Target, $"{port}"))] };

    private static ServerKind Socat(string name, string about, params IReadOnlyList<string> options) => new()
    {
        Name = name,
        About = about,
        Start =
        [
            "socat", .. options, "-u", $"TCP-LISTEN:{ServerKind.Port},bind=127.0.0.1,reuseaddr,fork",
            $"TCP:127.0.0.1:{Target}",
        ],
        Readiness = Readiness.Accepts,
    };

    private static ServerKind InC(string name, string about, string way) => new()
    {
        Name = name,
        About = about,
        Build = ["gcc", "-O2", "-o", Path.Combine(Places.Built, name), Path.Combine(Places.Sources, "relay.c")],
        Start = [Path.Combine(Places.Built, name), ServerKind.Port, Target, way],
    };

    private static ServerKind Ours(string name, string about, string engine) => new()
    {
        Name = name,
        About = about,
        Start =
        [
            "dotnet", Places.Assembly("src/Switchboard.Cli", "Switchboard.Cli"),
            "relay", $"tcp://127.0.0.1:{ServerKind.Port}", $"tcp://127.0.0.1:{Target}", "--engine", engine,
        ],
        Readiness = Readiness.Accepts,
    };
}
