namespace Switchboard.Bench.Load.Servers;

/// <summary>The web servers to measure: one application on Kestrel, over each transport.</summary>
internal static class WebTable
{
    public static ServerKind Reference { get; } = Of("web-kestrel", "Kestrel on its own transport");

    public static IReadOnlyList<ServerKind> All { get; } =
    [
        Reference,
        Of("web-switchboard", "Kestrel on the library's epoll engine, the application on its loops"),
    ];

    private static ServerKind Of(string mode, string about) => new()
    {
        Name = mode,
        About = about,
        Start = ["dotnet", Places.Assembly("bench/servers/dotnet", "Bench.Servers"), mode, ServerKind.Port],
    };
}
