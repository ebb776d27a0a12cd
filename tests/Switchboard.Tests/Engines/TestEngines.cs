using Switchboard.Engines.Epoll;
using Switchboard.Tests.Engines.Epoll;

namespace Switchboard.Tests.Engines;

/// <summary>The engines that tests run with, by name.</summary>
internal static class TestEngines
{
    public const string Sockets = "sockets";
    public const string Epoll = "epoll";
    public const string EpollWithFaults = "epoll with faults";

    private static readonly ulong FaultSeed = Seed.Choose();

    private static readonly Lazy<Engine> Faulty =
        new(() => new EpollEngine(new EngineOptions(), new SeededFaults(FaultSeed, new FaultRates())));

    public static IReadOnlyList<string> All { get; } =
        OperatingSystem.IsLinux() ? [Sockets, Epoll, EpollWithFaults] : [Sockets];

    public static IReadOnlyList<string> WithoutFaults { get; } =
        OperatingSystem.IsLinux() ? [Sockets, Epoll] : [Sockets];

    /// <summary>The engine; the seed of its faults is printed with the test.</summary>
    public static Engine Of(string name)
    {
        switch (name)
        {
            case Sockets:
                return Engine.Sockets;
            case Epoll:
                return Engine.Epoll;
            default:
                Seed.Print(FaultSeed);
                return Faulty.Value;
        }
    }
}
