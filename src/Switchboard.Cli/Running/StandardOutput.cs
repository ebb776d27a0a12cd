using Microsoft.Win32.SafeHandles;

namespace Switchboard.Cli.Running;

/// <summary>Opens standard output so that a reader who has gone is noticed.</summary>
internal static class StandardOutput
{
    private const int BrokenPipe = 32;
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);
    private const int WindowsPipeClosing = unchecked((int)0x800700E8);

    /// <summary>
    /// The console's stream drops what it cannot write to a closed pipe and reports success, and so
    /// <c>switchboard … | head</c> would never end. A file stream reports the failure, but keeps a position of its own
    /// in regular files, which others who write to the same file would not see: it is for pipes and sockets only.
    /// </summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.OpenStandardOutput();
        }

        try
        {
#pragma warning disable CA2000 // The descriptor is the process's: it stays open until the end.
            var handle = new SafeFileHandle(StandardDescriptors.Output, ownsHandle: false);
#pragma warning restore CA2000
            var file = new FileStream(handle, FileAccess.Write, bufferSize: 0);
            return file.CanSeek ? Console.OpenStandardOutput() : file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Console.OpenStandardOutput();
        }
    }

    /// <summary>Whether a write failed because nobody reads any more.</summary>
    public static bool IsClosed(Exception error) =>
        error is IOException { HResult: BrokenPipe or WindowsBrokenPipe or WindowsPipeClosing };
}
