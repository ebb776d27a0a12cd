using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Switchboard.Transports.SharedMemory;

/// <summary>The C library's calls for memory that two processes share, with Linux's numbers.</summary>
internal static unsafe partial class MemoryCalls
{
    public const uint CloseOnExec = 1;
    public const uint AllowSealing = 2;
    public const uint NeverExecutable = 8;

    public const int OpenToReadAndWrite = 2;
    public const int OpenWithoutTerminal = 0x100;
    public const int OpenWithoutWaiting = 0x800;
    public const int OpenNotInherited = 0x80000;

    public const int AddSeals = 1033;
    public const int GetSeals = 1034;
    public const int SealTheSeals = 1;
    public const int SealShrinking = 2;
    public const int SealGrowing = 4;

    public const int ProtectReadAndWrite = 3;
    public const int MapShared = 1;
    public const nint MapFailed = -1;

    public const int SeekToEnd = 2;

    /// <summary>What the kernel calls the file system of memory in pages of the usual size.</summary>
    public const int OrdinaryMemory = 0x01021994;

    public const int Interrupted = 4;
    public const int InvalidArgument = 22;

    private const string Name = "libc";

    [LibraryImport(Name, EntryPoint = "memfd_create", SetLastError = true)]
    public static partial SafeFileHandle CreateMemory(ReadOnlySpan<byte> name, uint flags);

    [LibraryImport(Name, EntryPoint = "open", SetLastError = true)]
    public static partial SafeFileHandle Open(ReadOnlySpan<byte> path, int flags);

    [LibraryImport(Name, EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int SetLength(SafeFileHandle file, long length);

    /// <returns>0, or an error number; nothing in errno.</returns>
    [LibraryImport(Name, EntryPoint = "posix_fallocate")]
    public static partial int Allocate(SafeFileHandle file, long offset, long length);

    [LibraryImport(Name, EntryPoint = "lseek", SetLastError = true)]
    public static partial long Seek(SafeFileHandle file, long offset, int origin);

    [LibraryImport(Name, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(SafeFileHandle file, int command, int argument);

    [LibraryImport(Name, EntryPoint = "fstatfs", SetLastError = true)]
    public static partial int DescribeFileSystem(SafeFileHandle file, Span<byte> description);

    [LibraryImport(Name, EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(
        nint address, nuint length, int protection, int flags, SafeFileHandle file, long offset);

    [LibraryImport(Name, EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(nint address, nuint length);

    [LibraryImport(Name, EntryPoint = "geteuid")]
    public static partial uint UserId();
}
