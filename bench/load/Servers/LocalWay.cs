using System.Globalization;

namespace Switchboard.Bench.Load.Servers;

/// <summary>A way between two programs of one machine.</summary>
internal sealed record LocalWay
{
    private const int SpinMicroseconds = 50;

    public required string Name { get; init; }

    /// <summary>
    /// Where the server listens, TCP at <see cref="ServerKind.Port"/>. The others may have one name for all runs: one
    /// measures at a time, and the next removes what a server that was ended has left.
    /// </summary>
    public required string Endpoint { get; init; }

    /// <summary>How long both ends look before they sleep.</summary>
    public TimeSpan Spin { get; init; }

    /// <summary>Whether both ends are in this process.</summary>
    public bool IsInside { get; init; }

    public static IReadOnlyList<LocalWay> All { get; } =
    [
        new() { Name = "tcp", Endpoint = $"tcp://127.0.0.1:{ServerKind.Port}" },
        new() { Name = "unix", Endpoint = "unix:/tmp/switchboard-bench.sock" },
        new() { Name = "pipe", Endpoint = "pipe:switchboard-bench" },
        new() { Name = "shm sleeping", Endpoint = "shm:switchboard-bench" },
        new()
        {
            Name = "shm spinning",
            Endpoint = "shm:switchboard-bench",
            Spin = TimeSpan.FromMicroseconds(SpinMicroseconds),
        },
        new() { Name = "memory", Endpoint = "memory:bench", IsInside = true },
    ];

    public ITransport? Transport => Spin > TimeSpan.Zero
        ? new SharedMemoryTransport(new SharedMemoryOptions { SpinBeforeSleep = Spin })
        : null;

    public string At(int port) => Endpoint.Replace(ServerKind.Port, $"{port}", StringComparison.Ordinal);

    public ServerKind ToServer() => new()
    {
        Name = Name,
        About = Endpoint,
        Start =
        [
            "dotnet", Places.Assembly("bench/servers/dotnet", "Bench.Servers"), "local", Endpoint,
            Spin.TotalMicroseconds.ToString("F0", CultureInfo.InvariantCulture), ServerKind.Port,
        ],

        // A server that has one core believes that the machine has one, and would not spin.
        Environment = new Dictionary<string, string> { ["DOTNET_PROCESSOR_COUNT"] = "2" },
    };
}
