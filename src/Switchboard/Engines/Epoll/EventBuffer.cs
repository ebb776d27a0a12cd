using System.Runtime.InteropServices;

namespace Switchboard.Engines.Epoll;

/// <summary>
/// What epoll reports, in memory that the collector does not move. On x64 the kernel packs an event into 12 bytes.
/// </summary>
internal sealed unsafe class EventBuffer
{
    public const int Capacity = 256;

    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture is Architecture.X64;
    private static readonly int KeyOffset = IsPacked ? 4 : 8;
    private static readonly int EventBytes = KeyOffset + sizeof(ulong);

    private readonly byte* _events = (byte*)NativeMemory.AllocZeroed(Capacity, (nuint)EventBytes);

    /// <summary>Waits for events.</summary>
    /// <returns>How many came, or less than 0.</returns>
    public int Wait(int epoll, int timeoutMilliseconds) =>
        Libc.EpollWait(epoll, _events, Capacity, timeoutMilliseconds);

    public uint Happenings(int index) => *(uint*)(_events + ((nint)index * EventBytes));

    public ulong Key(int index)
    {
        var key = _events + ((nint)index * EventBytes) + KeyOffset;
        return *(ulong*)key;
    }

    /// <summary>Asks to hear of a descriptor under a key.</summary>
    /// <returns>0, or less than 0.</returns>
    public static int Register(int epoll, int descriptor, uint happenings, ulong key)
    {
        var one = stackalloc byte[EventBytes];
        *(uint*)one = happenings;
        *(ulong*)(one + KeyOffset) = key;
        return Libc.EpollControl(epoll, Libc.EpollAdd, descriptor, one);
    }

    public static void Unregister(int epoll, int descriptor) =>
        _ = Libc.EpollControl(epoll, Libc.EpollDelete, descriptor, null);

    public void Free() => NativeMemory.Free(_events);
}
