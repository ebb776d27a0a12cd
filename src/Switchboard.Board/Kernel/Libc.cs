using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Switchboard.Board.Kernel;

/// <summary>The C library's calls that .NET has no way to make, with Linux's numbers.</summary>
internal static partial class Libc
{
    public const int AfNetlink = 16;
    public const int SockRaw = 3;
    public const int CloseOnExec = 0x80000;
    public const int NetlinkSockDiag = 4;

    public const int NotPermitted = 1;
    public const int NoSuchEntry = 2;
    public const int Interrupted = 4;
    public const int NotSupported = 95;

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int AskForNumber(SafeHandle descriptor, nuint request, out int number);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(
        SafeHandle descriptor, int level, int name, Span<byte> value, ref uint lengthBytes);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int OpenSocket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(nint descriptor);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(SafeHandle descriptor, ReadOnlySpan<byte> bytes, nuint count, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(SafeHandle descriptor, Span<byte> buffer, nuint count, int flags);
}
