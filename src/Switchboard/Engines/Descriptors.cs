using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Switchboard.Engines;

/// <summary>What can be done with a descriptor whatever it stands for. Linux only.</summary>
internal static class Descriptors
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;
    private const int DuplicateCloseOnExec = 1030;
    private const int GetFlags = 3;
    private const int SetFlags = 4;
    private const int NonBlocking = 0x800;
    private const int ReadWrite = 2;

    /// <summary>The same open file under another number, which no child process inherits.</summary>
    /// <exception cref="SocketException">There is no such descriptor, or none is left.</exception>
    public static int Duplicate(int descriptor) =>
        Check(fcntl(descriptor, DuplicateCloseOnExec, StandardError + 1));

    /// <summary>
    /// Takes an inherited descriptor over: what it stands for gets a number of its own, which no child process
    /// inherits. A standard stream leaves a harmless one behind, since programs write to those numbers.
    /// </summary>
    /// <exception cref="SocketException">There is no such descriptor, or none is left.</exception>
    public static int TakeOver(int descriptor)
    {
        var taken = Duplicate(descriptor);
        if (descriptor > StandardError)
        {
            _ = close(descriptor);
            return taken;
        }

        // A program that was started for one connection has it as its input and its output.
        var isOutputToo = descriptor == StandardInput && IsSame(descriptor, StandardOutput);
        ReplaceByNothing(descriptor);
        if (isOutputToo)
        {
            _ = dup2(StandardError, StandardOutput);
        }

        return taken;
    }

    /// <summary>Has operations wait, as programs expect that know nothing of event loops.</summary>
    /// <exception cref="SocketException">There is no such descriptor.</exception>
    public static void SetBlocking(int descriptor) => SetFlag(descriptor, flags => flags & ~NonBlocking);

    /// <summary>Has operations end at once, whether they could do anything or not.</summary>
    /// <exception cref="SocketException">There is no such descriptor.</exception>
    public static void SetNonBlocking(int descriptor) => SetFlag(descriptor, flags => flags | NonBlocking);

    public static void Close(int descriptor) => _ = close(descriptor);

    private static bool IsSame(int one, int other) =>
        File.ResolveLinkTarget($"/proc/self/fd/{one}", returnFinalTarget: false)?.FullName is { } target
        && File.ResolveLinkTarget($"/proc/self/fd/{other}", returnFinalTarget: false)?.FullName == target;

    private static void ReplaceByNothing(int descriptor)
    {
        var nothing = Check(open("/dev/null\0"u8.ToArray(), ReadWrite));
        _ = dup2(nothing, descriptor);
        _ = close(nothing);
    }

    private static void SetFlag(int descriptor, Func<int, int> change) =>
        Check(fcntl(descriptor, SetFlags, change(Check(fcntl(descriptor, GetFlags, 0)))));

    private static int Check(int result) =>
        result >= 0 ? result : throw Epoll.Errno.ToException(Marshal.GetLastPInvokeError());

#pragma warning disable IDE1006, SYSLIB1054, CA2101 // The C names; source-generated marshalling would need unsafe code.
    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    private static extern int fcntl(int descriptor, int command, int argument);

    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    private static extern int dup2(int descriptor, int target);

    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    private static extern int close(int descriptor);
#pragma warning restore IDE1006, SYSLIB1054, CA2101
}
