namespace Switchboard.Tests.Engines;

/// <summary>What this process has open.</summary>
internal static class OpenDescriptors
{
    public static int Sockets => CountNamed("socket:");

    public static int EpollSets => CountNamed("anon_inode:[eventpoll]");

    /// <summary>0 where there is no /proc.</summary>
    private static int CountNamed(string start) => !Directory.Exists("/proc/self/fd")
        ? 0
        : Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(descriptor => IsNamed(descriptor, start));

    private static bool IsNamed(string descriptor, string start)
    {
        try
        {
            var target = File.ResolveLinkTarget(descriptor, returnFinalTarget: false);
            return target?.Name.StartsWith(start, StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            // Closed meanwhile, as the one that lists them.
            return false;
        }
    }
}
