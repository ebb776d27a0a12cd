using Switchboard.Engines.Epoll;

namespace Switchboard.Engines;

/// <summary>Which engine a process uses unless it says otherwise, and why not the one that was wanted.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Fallback">What stood in the way of the one that was wanted; null for nothing.</param>
internal sealed record EngineChoice(Engine Engine, string? Fallback)
{
    private const string Variable = "SWITCHBOARD_ENGINE";

    private static readonly Lazy<EngineChoice> Process =
        new(() => Choose(Environment.GetEnvironmentVariable(Variable)), LazyThreadSafetyMode.PublicationOnly);

    private static readonly Lazy<EpollEngine> SharedEpoll =
        new(() => new EpollEngine(new EngineOptions()) { IsShared = true });

    public static EngineChoice OfProcess => Process.Value;

    public static Engine Epoll => SharedEpoll.IsValueCreated || EpollEngine.IsSupported(out var problem)
        ? SharedEpoll.Value
        : throw new PlatformNotSupportedException($"There is no epoll engine here: {problem}.");

    /// <param name="wanted">An engine's name; null or empty for the best.</param>
    /// <exception cref="InvalidOperationException">No engine has that name.</exception>
    public static EngineChoice Choose(string? wanted)
    {
        switch (wanted)
        {
            case "sockets":
                return new(Engine.Sockets, null);
            case null or "" when !OperatingSystem.IsLinux():
                return new(Engine.Sockets, null);
            case null or "" or "epoll":
                return EpollEngine.IsSupported(out var problem)
                    ? new(SharedEpoll.Value, null)
                    : new(Engine.Sockets, $"the sockets engine is used instead of epoll: {problem}");
            default:
                throw new InvalidOperationException(
                    $"{Variable} is '{wanted}', which is no engine. Set it to epoll or sockets, or not at all.");
        }
    }
}
