using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Switchboard.Transports;

/// <summary>Tells what lies at the path of a unix socket.</summary>
internal static class SocketFile
{
    private const int AtCurrentDirectory = -100;
    private const int DoNotFollowLinks = 0x100;
    private const uint TypeModeAndOwner = 0x1 | 0x2 | 0x8;
    private const int StatxBytes = 256;
    private const int OwnerOffset = 20;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int SocketType = 0xC000;

    /// <summary>
    /// Looks at the file itself, not behind a link. Where its owner cannot be found out it is somebody else's.
    /// </summary>
    public static SocketFileKind Examine(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return SocketFileKind.SomebodyElses;
        }

        var status = new byte[StatxBytes];
        var name = Encoding.UTF8.GetBytes(path + '\0');
        if (statx(AtCurrentDirectory, name, DoNotFollowLinks, TypeModeAndOwner, status) != 0)
        {
            return SocketFileKind.SomebodyElses;
        }

        if ((Read16(status) & TypeMask) != SocketType)
        {
            return SocketFileKind.NotASocket;
        }

        return Read32(status) == geteuid() ? SocketFileKind.Ours : SocketFileKind.SomebodyElses;
    }

    /// <summary>The number of the user whose rights this process has. Linux only.</summary>
    public static uint UserOfThisProcess => geteuid();

    private static ushort Read16(byte[] status) => BitConverter.IsLittleEndian
        ? BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(ModeOffset))
        : BinaryPrimitives.ReadUInt16BigEndian(status.AsSpan(ModeOffset));

    private static uint Read32(byte[] status) => BitConverter.IsLittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(OwnerOffset))
        : BinaryPrimitives.ReadUInt32BigEndian(status.AsSpan(OwnerOffset));

    // The framework does not tell a file's owner. This call has one layout on every Linux, unlike stat.
#pragma warning disable IDE1006, SYSLIB1054, CA2101 // The C names; source-generated marshalling would need unsafe code.
    [DllImport("libc", ExactSpelling = true)]
    private static extern int statx(int directory, byte[] path, int flags, uint mask, byte[] status);

    [DllImport("libc", ExactSpelling = true)]
    private static extern uint geteuid();
#pragma warning restore IDE1006, SYSLIB1054, CA2101
}
