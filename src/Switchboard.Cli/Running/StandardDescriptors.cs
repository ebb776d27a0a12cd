namespace Switchboard.Cli.Running;

/// <summary>Tells the standard streams that this process was given from those that were closed.</summary>
internal static class StandardDescriptors
{
    public const int Input = 0;
    public const int Output = 1;
    public const int Error = 2;

    private const int CloseOnExec = 0x80000;
    private const string Flags = "flags:";

    /// <summary>
    /// With <c>2>&amp;-</c> the number is free when the process starts, and the runtime's next file gets it: words for
    /// people would go into a pipe of the runtime, which ends the process for it, and input would come from one. Those
    /// files close at exec; whatever was inherited does not, or it would not be here. Known on Linux only.
    /// </summary>
    public static bool IsGiven(int descriptor)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/proc/self/fdinfo"))
        {
            return true;
        }

        try
        {
            return (FlagsOf(File.ReadLines($"/proc/self/fdinfo/{descriptor}")) & CloseOnExec) == 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static int FlagsOf(IEnumerable<string> lines)
    {
        var octal = lines.First(line => line.StartsWith(Flags, StringComparison.Ordinal))[Flags.Length..].Trim();
        return Convert.ToInt32(octal, fromBase: 8);
    }
}
