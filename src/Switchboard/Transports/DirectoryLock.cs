using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Switchboard.Transports;

/// <summary>
/// Keeps two who bind in one directory apart, in this process or in two: looking whether a socket file is dead,
/// deleting it and binding anew are three steps, and whoever is slower would delete what the faster has just bound.
/// </summary>
internal static class DirectoryLock
{
    private const int ReadOnlyAndNotInherited = 0x80000;
    private const int ExclusiveAndAtOnce = 2 | 4;
    private const int Tries = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Takes the lock until the handle is disposed. Null where there is none to be had: on other systems, in a
    /// directory that cannot be opened, or after a second, because anybody who may read the directory can hold it.
    /// </summary>
    public static async ValueTask<SafeFileHandle?> TryTakeAsync(
        string directory,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var opened = Open(directory);
        if (!opened.IsInvalid && await TryLockAsync(opened, time, cancellationToken).ConfigureAwait(false))
        {
            return opened;
        }

        opened.Dispose();
        return null;
    }

    private static async ValueTask<bool> TryLockAsync(
        SafeFileHandle opened,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        for (var tries = 1; flock(opened, ExclusiveAndAtOnce) != 0; tries++)
        {
            if (tries == Tries || cancellationToken.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(Pause, time, CancellationToken.None).ConfigureAwait(false);
        }

        return true;
    }

    private static SafeFileHandle Open(string directory) =>
        open(Encoding.UTF8.GetBytes(directory + '\0'), ReadOnlyAndNotInherited);

#pragma warning disable IDE1006, SYSLIB1054, CA2101 // The C names; source-generated marshalling would need unsafe code.
    [DllImport("libc", ExactSpelling = true)]
    private static extern SafeFileHandle open(byte[] path, int flags);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int flock(SafeFileHandle file, int operation);
#pragma warning restore IDE1006, SYSLIB1054, CA2101
}
