using System.Globalization;

namespace Switchboard.Transports;

/// <summary>What this process has open, by number. Linux only; empty where there is no /proc.</summary>
internal static class DescriptorTable
{
    private const string Folder = "/proc/self/fd";

    public static IReadOnlyList<int> All() => Directory.Exists(Folder)
        ? [.. Directory.GetFileSystemEntries(Folder).Select(
            entry => int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture))]
        : [];

    /// <summary>What a number stands for, such as <c>pipe:[4711]</c>; null when it stands for nothing.</summary>
    public static string? TargetOf(int number)
    {
        try
        {
            return new FileInfo($"{Folder}/{number}").LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
