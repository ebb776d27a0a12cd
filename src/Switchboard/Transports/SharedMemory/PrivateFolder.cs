using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Switchboard.Transports.SharedMemory;

/// <summary>
/// The folder with the sockets, where nobody but this user can make or open anything: within the user's own runtime
/// directory if there is one, otherwise within the temporary folder.
/// </summary>
internal static partial class PrivateFolder
{
    private const UnixFileMode OnlyOurs = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const int AtCurrentDirectory = -100;
    private const int DoNotFollowLinks = 0x100;
    private const uint TypeModeAndOwner = 0x1 | 0x2 | 0x8;
    private const int StatxBytes = 256;
    private const int OwnerOffset = 20;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int DirectoryType = 0x4000;
    private const int RightsOfOthers = 0x3F;

    /// <summary>Where the socket of a name lies, whether there is one or not.</summary>
    public static string SocketPath(string name) => Path.Combine(Find(), $"shm-{name}.sock");

    /// <summary>Makes the folder of a path from <see cref="SocketPath"/>, if it is not there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be made.</exception>
    public static void Make(string socketPath)
    {
        // There nobody comes here, but the compiler does not know.
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(socketPath)!, OnlyOurs);
        }
    }

    /// <summary>
    /// Whether the folder of a path is a folder, no link to one, this user's, and closed to all others. In a temporary
    /// folder anybody may have been faster to make it.
    /// </summary>
    public static bool IsOurs(string socketPath)
    {
        var status = new byte[StatxBytes];
        var path = Encoding.UTF8.GetBytes(Path.GetDirectoryName(socketPath) + '\0');
        if (DescribeFile(AtCurrentDirectory, path, DoNotFollowLinks, TypeModeAndOwner, status) != 0)
        {
            return false;
        }

        // The layout is the same on every Linux, and the numbers are in the processor's order, which is little-endian
        // wherever .NET runs Linux but on one.
        var mode = MemoryMarshal.Read<ushort>(status.AsSpan(ModeOffset));
        var owner = MemoryMarshal.Read<uint>(status.AsSpan(OwnerOffset));
        return (mode & TypeMask) == DirectoryType && (mode & RightsOfOthers) == 0 && owner == MemoryCalls.UserId();
    }

    private static string Find() =>
        Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } own && Path.IsPathRooted(own)
            ? Path.Combine(own, "switchboard")
            : Path.Combine(
                Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"switchboard-{MemoryCalls.UserId()}"));

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int DescribeFile(
        int directory, ReadOnlySpan<byte> path, int flags, uint mask, Span<byte> status);
}
