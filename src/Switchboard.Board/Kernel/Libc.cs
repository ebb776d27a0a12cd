using System.Runtime.InteropServices;

namespace Switchboard.Board.Kernel;

/// <summary>The calls of the C library that .NET has no way to make.</summary>
internal static partial class Libc
{
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int AskForNumber(SafeHandle descriptor, nuint request, out int number);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(
        SafeHandle descriptor, int level, int name, Span<byte> value, ref uint lengthBytes);
}
