using Switchboard.Bench.Load.Generating;

namespace Switchboard.Bench.Load.Servers;

/// <summary>Every server there is to measure. The first one is what the others are compared with.</summary>
internal static class ServerTable
{
    private static readonly Dictionary<string, string> SocketsEngine = new() { ["SWITCHBOARD_ENGINE"] = "sockets" };

    private static readonly Dictionary<string, string> Inline = new()
    {
        ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
    };

    public static IReadOnlyList<ServerKind> All { get; } =
    [
        new()
        {
            Name = "c-epoll",
            About = "C, one thread, epoll: the reference",
            Build = ["gcc", "-O2", "-o", Built("c-epoll"), Source("epoll.c")],
            Start = [Built("c-epoll"), ServerKind.Port],
        },
        Ours("switchboard", "raw, a buffer only while bytes are there"),
        Ours("switchboard-sockets", "the same on the engine of .NET's sockets", "switchboard") with
        {
            Environment = SocketsEngine,
        },
        Ours("switchboard-buffer", "raw, a buffer for each connection"),
        Ours("switchboard-stream", "AsStream"),
        Ours("switchboard-pipe", "AsPipeReader and AsPipeWriter"),
        Ours("switchboard-prefix", "frames with four bytes of length") with { Shape = MessageShape.Prefixed },
        Ours("switchboard-lines", "frames that end with a line feed") with { Shape = MessageShape.Lines },
        new()
        {
            Name = "command",
            About = "switchboard serve echo",
            Start =
            [
                "dotnet", Places.Assembly("src/Switchboard.Cli", "Switchboard.Cli"),
                "serve", "echo", $"tcp://127.0.0.1:{ServerKind.Port}", "--idle", "never",
            ],
            Readiness = Readiness.Accepts,
        },
        Ours("socket", ".NET Socket, async, as one writes it by hand"),
        Ours("socket-inline", "the same, completions run where the kernel tells of them", "socket") with
        {
            Environment = Inline,
        },
        Ours("kestrel", "ASP.NET Core's server, a connection handler"),
        .. OtherServers.All,
    ];

    /// <summary>Not part of a grid: they take messages of 32 bytes that say how long to block.</summary>
    public static IReadOnlyList<ServerKind> Blocking { get; } =
    [
        Ours("switchboard-blocking", "an echo that blocks its thread when asked to"),
        Ours("switchboard-sockets-blocking", "the same on the engine of .NET's sockets", "switchboard-blocking") with
        {
            Environment = SocketsEngine,
        },
    ];

    /// <summary>Not part of a grid: it matters where a connection is alone, as in the cell 1x32x1.</summary>
    public static IReadOnlyList<ServerKind> Spinning { get; } =
    [
        Ours("switchboard-spin", "asks for 50 µs before it sleeps"),
    ];

    /// <summary>Not part of a grid: they take datagrams. The first one is what the others are compared with.</summary>
    public static IReadOnlyList<ServerKind> Datagrams { get; } =
    [
        new()
        {
            Name = "c-datagrams",
            About = "C, one thread, recvfrom and sendto one by one: the reference",
            Build = ["gcc", "-O2", "-o", Built("c-datagrams"), Source("datagrams.c")],
            Start = [Built("c-datagrams"), ServerKind.Port],
        },
        Ours("switchboard-datagrams", "one by one"),
        Ours("switchboard-datagrams-sockets", "the same on the engine of .NET's sockets", "switchboard-datagrams") with
        {
            Environment = SocketsEngine,
        },
        Ours("switchboard-datagrams-batch", "in batches that the kernel joins and cuts"),
    ];

    public static ServerKind Reference => All[0];

    /// <returns>Null when there is none of this name.</returns>
    public static ServerKind? Find(string name) =>
        All.Concat(Blocking).Concat(Spinning).Concat(Datagrams).FirstOrDefault(kind => kind.Name == name);

    private static ServerKind Ours(string name, string about, string? mode = null) => new()
    {
        Name = name,
        About = about,
        AnswersQuestions = true,
        Start =
        [
            "dotnet", Places.Assembly("bench/servers/dotnet", "Bench.Servers"), mode ?? name, ServerKind.Port,
        ],
    };

    private static string Built(string name) => Path.Combine(Places.Built, name);

    private static string Source(string name) => Path.Combine(Places.Sources, name);
}
