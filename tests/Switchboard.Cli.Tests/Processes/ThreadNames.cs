namespace Switchboard.Cli.Tests.Processes;

/// <summary>The names of a process's threads, in the kernel's word. Linux only.</summary>
internal static class ThreadNames
{
    public static IReadOnlyList<string> Of(int process) =>
        [.. Directory.GetDirectories($"/proc/{process}/task").Select(NameOf).OfType<string>()];

    /// <summary>Null for a thread that has ended since it was listed.</summary>
    private static string? NameOf(string thread)
    {
        try
        {
            return File.ReadAllText($"{thread}/comm").TrimEnd();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
