using System.Runtime.InteropServices;

namespace Switchboard.Serving.Processes;

/// <summary>
/// Starts a process with posix_spawn, as the framework's own way cannot: with a socket among its descriptors, nothing
/// else inherited, signals as they are for a program that a shell starts, and in a process group of its own, so that a
/// Ctrl-C which this program takes as a word to drain does not end the process. Linux only.
/// </summary>
internal static class Spawn
{
    // More than any C library needs for either structure.
    private const int StructureBytes = 1024;
    private const int SetProcessGroup = 0x02;
    private const int SetSignalDefaults = 0x04;
    private const int SetSignalMask = 0x08;
    private const int SignalSetBytes = 128;

    // HUP, INT, QUIT, PIPE, TERM and CHLD: this program ignores or handles them, which a new one would inherit.
    private static readonly int[] Defaulted = [1, 2, 3, 13, 15, 17];

    /// <summary>Starts it.</summary>
    /// <param name="path">A path, or a name to be looked for in PATH.</param>
    /// <param name="arguments">What it is called by, and what it is given.</param>
    /// <param name="environment">Its whole environment.</param>
    /// <param name="descriptors">Which of ours it gets, and under which numbers: those from 0 to the highest.</param>
    /// <returns>The number of the process.</returns>
    /// <exception cref="IOException">There is no such program, or the system has no room for it.</exception>
    public static int Start(
        string path,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        IReadOnlyList<(int Ours, int Theirs)> descriptors)
    {
        using var memory = new NativeTexts();
        var actions = memory.Reserve(StructureBytes);
        var attributes = memory.Reserve(StructureBytes);
        Check(posix_spawn_file_actions_init(actions), path);
        Check(posix_spawnattr_init(attributes), path);
        try
        {
            foreach (var (ours, theirs) in descriptors)
            {
                Check(posix_spawn_file_actions_adddup2(actions, ours, theirs), path);
            }

            CloseFrom(actions, descriptors.Max(each => each.Theirs) + 1);
            SetAttributes(attributes, path);
            Check(
                posix_spawnp(
                    out var process, memory.Text(path), actions, attributes, memory.Texts(arguments),
                    memory.Texts(environment.Select(each => $"{each.Key}={each.Value}"))),
                path);
            return process;
        }
        finally
        {
            _ = posix_spawnattr_destroy(attributes);
            _ = posix_spawn_file_actions_destroy(actions);
        }
    }

    private static void SetAttributes(nint attributes, string path)
    {
        Check(
            posix_spawnattr_setflags(attributes, SetProcessGroup | SetSignalDefaults | SetSignalMask), path);
        Check(posix_spawnattr_setpgroup(attributes, 0), path);
        var none = new byte[SignalSetBytes];
        Check(posix_spawnattr_setsigmask(attributes, none), path);
        var defaulted = new byte[SignalSetBytes];
        foreach (var signal in Defaulted)
        {
            defaulted[(signal - 1) / 8] |= (byte)(1 << ((signal - 1) % 8));
        }

        Check(posix_spawnattr_setsigdefault(attributes, defaulted), path);
    }

    // Everything that .NET opens is closed by the kernel when a program starts. This is for what others have opened.
    private static void CloseFrom(nint actions, int first)
    {
        try
        {
            _ = posix_spawn_file_actions_addclosefrom_np(actions, first);
        }
        catch (EntryPointNotFoundException)
        {
            // A C library without it.
        }
    }

    private static void Check(int errno, string path)
    {
        const int NoSuchFile = 2;
        const int NotAllowed = 13;
        switch (errno)
        {
            case 0:
                return;
            case NoSuchFile:
                throw new FileNotFoundException($"There is no program {path}, as a path or in PATH.", path);
            case NotAllowed:
                throw new IOException($"The program {path} cannot be started: its file may not be executed.");
            default:
                throw new IOException(
                    $"The program {path} cannot be started: {Marshal.GetPInvokeErrorMessage(errno)}.");
        }
    }

#pragma warning disable IDE1006, SYSLIB1054 // The C names; source-generated marshalling would need unsafe code.
    [DllImport("libc", ExactSpelling = true)]
    private static extern int posix_spawnp(
        out int process, nint path, nint actions, nint attributes, nint arguments, nint environment);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int posix_spawn_file_actions_init(nint actions);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int posix_spawn_file_actions_destroy(nint actions);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int posix_spawn_file_actions_adddup2(nint actions, int descriptor, int target);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int posix_spawn_file_actions_addclosefrom_np(nint actions, int first);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int posix_spawnattr_init(nint attributes);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int posix_spawnattr_destroy(nint attributes);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int posix_spawnattr_setflags(nint attributes, short flags);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int posix_spawnattr_setpgroup(nint attributes, int group);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int posix_spawnattr_setsigmask(nint attributes, byte[] signals);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int posix_spawnattr_setsigdefault(nint attributes, byte[] signals);
#pragma warning restore IDE1006, SYSLIB1054
}
