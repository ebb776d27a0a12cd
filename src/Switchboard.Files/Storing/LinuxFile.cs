using System.Runtime.InteropServices;

namespace Switchboard.Files.Storing;

/// <summary>What the system tells of a file.</summary>
/// <param name="Device">The file system it is on.</param>
/// <param name="Node">Which file it is there, whatever its names.</param>
/// <param name="Type">The type bits of the mode.</param>
/// <param name="Links">How many names it has.</param>
/// <param name="Owner">The number of the user it belongs to.</param>
/// <param name="Bytes">How long it is.</param>
internal readonly record struct LinuxFile(ulong Device, ulong Node, int Type, uint Links, uint Owner, long Bytes)
{
    private const int LinksAt = 16;
    private const int OwnerAt = 20;
    private const int ModeAt = 28;
    private const int NodeAt = 32;
    private const int BytesAt = 40;
    private const int DeviceAt = 136;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Directory = 0x4000;

    public PlaceKind Kind => Type switch
    {
        Regular => PlaceKind.File,
        Directory => PlaceKind.Folder,
        _ => PlaceKind.Other,
    };

    /// <summary>Whether it is the same file, and not only one that looks the same.</summary>
    public bool Is(LinuxFile other) => (Device, Node) == (other.Device, other.Node);

    /// <summary>
    /// Reads what statx wrote: one layout on every Linux, unlike stat, in the processor's order.
    /// </summary>
    public static LinuxFile Read(ReadOnlySpan<byte> status) => new(
        MemoryMarshal.Read<ulong>(status[DeviceAt..]),
        MemoryMarshal.Read<ulong>(status[NodeAt..]),
        MemoryMarshal.Read<ushort>(status[ModeAt..]) & TypeMask,
        MemoryMarshal.Read<uint>(status[LinksAt..]),
        MemoryMarshal.Read<uint>(status[OwnerAt..]),
        MemoryMarshal.Read<long>(status[BytesAt..]));
}
