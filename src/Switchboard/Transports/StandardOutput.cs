using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Switchboard.Transports;

/// <summary>The standard output of this process, so that its end can be shown and a reader's end is seen.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;
    private const int StandardError = 2;
    private const int NothingMoreIsSent = 1;
    private const int ClosesAtExec = 0x80000;
    private const int GetFlags = 3;
    private const int AccessMode = 3;
    private const int WriteOnly = 1;

    /// <summary>Whether it can be closed before the process ends.</summary>
    public static bool CanBeFinished => OperatingSystem.IsLinux();

    /// <summary>
    /// The console's stream drops what it cannot write to a closed pipe and reports success. A file stream fails, but
    /// keeps a position of its own in regular files, which others who write to the same file would not see.
    /// </summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        try
        {
#pragma warning disable CA2000 // The descriptor is the process's: it is closed by nobody but Finish.
            var handle = new SafeFileHandle(Descriptor, ownsHandle: false);
#pragma warning restore CA2000
            var file = new FileStream(handle, FileAccess.Write, bufferSize: 0);
            return file.CanSeek ? Console.OpenStandardOutput() : file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Console.OpenStandardOutput();
        }
    }

    /// <summary>Closes standard output.</summary>
    public static void Finish() => Finish(Descriptor);

    /// <summary>
    /// Closes an output. Its number is taken by the null device at once: the next file to be opened would get it, and
    /// with it whatever somebody still writes to the console.
    /// </summary>
    internal static void Finish(int descriptor)
    {
        // If it is a socket, input may come by it as well, and closing numbers would not end it. Others refuse.
        _ = shutdown(descriptor, NothingMoreIsSent);
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);
        foreach (var copy in CopiesOf(descriptor))
        {
            _ = dup3(nothing, copy, ClosesAtExec);
        }

        _ = dup3(nothing, descriptor, 0);
    }

    /// <summary>
    /// The runtime copies the standard descriptors when it starts and the console does later, and a pipe has no end
    /// before the last copy is closed. If errors go the same way it has none in any case, and theirs are not to be had.
    /// </summary>
    private static int[] CopiesOf(int descriptor)
    {
        var output = DescriptorTable.TargetOf(descriptor);
        return output is null || output == DescriptorTable.TargetOf(StandardError)
            ? []
            : [.. DescriptorTable.All().Where(number => number > StandardError && number != descriptor
                && DescriptorTable.TargetOf(number) == output && (fcntl(number, GetFlags) & AccessMode) == WriteOnly)];
    }

#pragma warning disable IDE1006, SYSLIB1054 // The C names; source-generated marshalling would need unsafe code.
    [DllImport("libc", ExactSpelling = true)]
    private static extern int shutdown(int descriptor, int how);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int dup3(SafeFileHandle from, int to, int flags);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int fcntl(int descriptor, int command);
#pragma warning restore IDE1006, SYSLIB1054
}
