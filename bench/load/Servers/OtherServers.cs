namespace Switchboard.Bench.Load.Servers;

/// <summary>The same echo in other languages and by other tools.</summary>
internal static class OtherServers
{
    private const int MaxProcesses = 100;

    public static IReadOnlyList<ServerKind> All { get; } =
    [
        new()
        {
            Name = "go",
            About = "Go, net, a goroutine a connection",
            Build = ["go", "build", "-o", Path.Combine(Places.Built, "go-echo"), Source("echo.go")],
            Start = [Path.Combine(Places.Built, "go-echo"), ServerKind.Port],
        },
        new()
        {
            Name = "java",
            About = "Java, NIO selector, one thread",
            Build = ["javac", "-d", Places.Built, Source("Echo.java")],
            Start = ["java", "-cp", Places.Built, "Echo", ServerKind.Port],
        },
        new() { Name = "node", About = "Node.js, net", Start = ["node", Source("echo.js"), ServerKind.Port] },
        new()
        {
            Name = "python",
            About = "Python, asyncio protocol",
            Start = ["python3", Source("echo.py"), ServerKind.Port],
        },
        new()
        {
            Name = "ncat",
            About = "ncat -e cat, a process a connection",
            Start = ["ncat", "-l", "-k", "-m", $"{MaxProcesses}", "-e", "/bin/cat", "127.0.0.1", ServerKind.Port],
            Readiness = Readiness.Accepts,
            MaxConnections = MaxProcesses,
        },
        new()
        {
            Name = "socat",
            About = "socat, a process a connection",
            Start = ["socat", $"TCP-LISTEN:{ServerKind.Port},bind=127.0.0.1,reuseaddr,fork,backlog=128", "PIPE"],
            Readiness = Readiness.Accepts,
            MaxConnections = MaxProcesses,
        },
    ];

    private static string Source(string name) => Path.Combine(Places.Sources, name);
}
