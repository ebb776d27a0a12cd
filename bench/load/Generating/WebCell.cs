namespace Switchboard.Bench.Load.Generating;

/// <summary>What a web server is asked, and over how many connections.</summary>
/// <param name="Connections">Each has one request under way.</param>
/// <param name="Path">Of the page.</param>
/// <param name="Body">What the page is, in a few words.</param>
internal sealed record WebCell(int Connections, string Path, string Body)
{
    public static IReadOnlyList<WebCell> All { get; } =
    [
        new(256, "/", "hello world"),
        new(256, "/16k", "16 KiB"),
        new(1000, "/", "hello world"),
        new(1000, "/16k", "16 KiB"),
    ];
}
