using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Switchboard.Files.Storing;

/// <summary>
/// The calls of Linux that work below a folder that is open already, and look at links instead of following them; the
/// framework has paths only, whose folders anybody may exchange for links between two looks.
/// </summary>
internal static class LinuxCalls
{
    public const int AtCurrentDirectory = -100;

    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    public const int NotPermitted = 1;
    public const int NotFound = 2;
    public const int AccessDenied = 13;
    public const int Exists = 17;
    public const int NotAFolder = 20;
    public const int Invalid = 22;
    public const int FileTooBig = 27;
    public const int NoSpace = 28;
    public const int ReadOnlyDisk = 30;
    public const int NotImplemented = 38;
    public const int Loop = 40;
    public const int OverQuota = 122;

    private const int DoNotReplace = 1;
    private const int DoNotFollowLinks = 0x100;
    private const uint WhatIsRead = 0x1 | 0x2 | 0x4 | 0x8 | 0x100 | 0x200;
    private const int StatxBytes = 256;
    private const int ExclusiveAndAtOnce = 2 | 4;
    private const int NoLonger = 8;

    // Two flags have other numbers on Arm.
    private static readonly bool IsArm =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64;

    public static int DirectoryOnly => IsArm ? 0x4000 : 0x10000;

    public static int NoLinks => IsArm ? 0x8000 : 0x20000;

    public static SafeFileHandle Open(SafeFileHandle? folder, string name, int flags, uint mode = 0)
    {
        var opened = Below(folder, number => openat(number, ToBytes(name), flags | CloseOnExec, mode));
        return opened.Result.IsInvalid ? throw Failed(opened.Error, name) : opened.Result;
    }

    public static LinuxFile? Examine(SafeFileHandle? folder, string name)
    {
        var status = new byte[StatxBytes];
        var (result, error) = Below(
            folder, number => statx(number, ToBytes(name), DoNotFollowLinks, WhatIsRead, status));
        return (result, error) switch
        {
            (0, _) => LinuxFile.Read(status),
            (_, NotFound) => null,
            _ => throw Failed(error, name),
        };
    }

    /// <summary>The file that is open.</summary>
    public static LinuxFile Examine(SafeFileHandle file)
    {
        const int ThisDescriptor = 0x1000;
        var status = new byte[StatxBytes];
        var (result, error) = Below(
            file, number => statx(number, ToBytes(""), ThisDescriptor, WhatIsRead, status));
        return result == 0 ? LinuxFile.Read(status) : throw Failed(error, "");
    }

    /// <returns>0, or the error's number.</returns>
    public static int Make(SafeFileHandle folder, string name, uint mode) =>
        ErrorOf(Below(folder, number => mkdirat(number, ToBytes(name), mode)));

    /// <summary>Renames within a folder, or fails with <see cref="Exists"/>.</summary>
    /// <returns>0, or the error's number.</returns>
    public static int Rename(SafeFileHandle folder, string from, string to) => ErrorOf(
        Below(folder, number => renameat2(number, ToBytes(from), number, ToBytes(to), DoNotReplace)));

    /// <returns>0, or the error's number.</returns>
    public static int Link(SafeFileHandle folder, string from, string to) =>
        ErrorOf(Below(folder, number => linkat(number, ToBytes(from), number, ToBytes(to), 0)));

    /// <returns>0, or the error's number.</returns>
    public static int Delete(SafeFileHandle folder, string name) =>
        ErrorOf(Below(folder, number => unlinkat(number, ToBytes(name), 0)));

    /// <returns>0, or the error's number.</returns>
    public static int Flush(SafeFileHandle folder) => ErrorOf(Below(folder, fsync));

    /// <summary>Locks against other receivers, not against anybody else; false if one of them has it.</summary>
    public static bool TryLock(SafeFileHandle file) =>
        Below(file, number => flock(number, ExclusiveAndAtOnce)).Result == 0;

    /// <summary>
    /// Closing alone would not do it while a child that was just forked has the descriptor, too.
    /// </summary>
    public static void Unlock(SafeFileHandle file) => Below(file, number => flock(number, NoLonger));

    public static Exception Failed(int error, string name) => error switch
    {
        AccessDenied or NotPermitted or ReadOnlyDisk =>
            new UnauthorizedAccessException($"\"{name}\": {Describe(error)}"),
        _ => new IOException($"\"{name}\": {Describe(error)}", error),
    };

    private static string Describe(int error) => error switch
    {
        Loop => "a symbolic link is in the way",
        NotAFolder => "it is no folder, or a symbolic link to one",
        _ => new Win32Exception(error).Message,
    };

    private static (T Result, int Error) Below<T>(SafeFileHandle? folder, Func<int, T> call)
    {
        var isHeld = false;
        try
        {
            folder?.DangerousAddRef(ref isHeld);
            var result = call(folder is null ? AtCurrentDirectory : (int)folder.DangerousGetHandle());
            return (result, Marshal.GetLastPInvokeError());
        }
        finally
        {
            if (isHeld)
            {
                folder!.DangerousRelease();
            }
        }
    }

    private static int ErrorOf((int Result, int Error) call) => call.Result == 0 ? 0 : call.Error;

    private static byte[] ToBytes(string name) => Encoding.UTF8.GetBytes(name + '\0');

#pragma warning disable IDE1006, SYSLIB1054, CA2101 // The C names; source-generated marshalling would need unsafe code.
    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    private static extern SafeFileHandle openat(int folder, byte[] path, int flags, uint mode);

    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    private static extern int statx(int folder, byte[] path, int flags, uint mask, byte[] status);

    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    private static extern int mkdirat(int folder, byte[] path, uint mode);

    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    private static extern int renameat2(int folder, byte[] from, int newFolder, byte[] to, uint flags);

    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    private static extern int linkat(int folder, byte[] from, int newFolder, byte[] to, int flags);

    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    private static extern int unlinkat(int folder, byte[] path, int flags);

    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    private static extern int fsync(int descriptor);

    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    private static extern int flock(int descriptor, int operation);

    [DllImport("libc", ExactSpelling = true)]
    public static extern uint geteuid();
#pragma warning restore IDE1006, SYSLIB1054, CA2101
}
