using System.CommandLine;

namespace Switchboard.Cli.Options;

/// <summary><c>--loop</c>, for every verb that runs servers.</summary>
internal static class LoopOption
{
    private const string Async = "async";
    private const string Thread = "thread";
    private const string Process = "process";

    public static Option<ServerLoop?> Create() => TextOption.Create<ServerLoop?>(
        "--loop",
        $"{Async}|{Thread}|{Process}",
        $"On what each connection is served (default {Async}: few threads for all)",
        text => Parse(text), Async, Thread, Process);

    /// <exception cref="FormatException">It names no loop, or one that this system does not have.</exception>
    public static ServerLoop Parse(string text)
    {
        var loop = OneOf.Parse(
            text, (Async, ServerLoop.Async), (Thread, ServerLoop.Thread), (Process, ServerLoop.Process));
        return loop != ServerLoop.Process || OperatingSystem.IsLinux()
            ? loop
            : throw new FormatException($"a process for each connection works on Linux only; use '{Thread}'.");
    }
}
