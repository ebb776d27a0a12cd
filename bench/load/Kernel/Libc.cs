using System.Runtime.InteropServices;

namespace Switchboard.Bench.Load.Kernel;

/// <summary>The system calls themselves, with the numbers that Linux gives them on x86-64 and arm64.</summary>
internal static unsafe partial class Libc
{
    public const int AddressFamilyInet = 2;
    public const int SocketStream = 1;
    public const int SocketDatagram = 2;
    public const int SocketCloseOnExec = 0x80000;
    public const int LevelIp = 0;
    public const int LevelTcp = 6;
    public const int LevelUdp = 17;
    public const int TcpNoDelay = 1;
    public const int UdpSegment = 103;
    public const int UdpJoin = 104;
    public const int IpBindAddressNoPort = 24;
    public const int DontWait = 0x40;
    public const int NoSignal = 0x4000;
    public const int EpollAdd = 1;
    public const int EpollCloseOnExec = 0x80000;
    public const int PollIn = 1;
    public const uint EpollIn = 1;
    public const uint EpollOut = 4;
    public const uint EpollEdge = 1u << 31;
    public const int Interrupted = 4;
    public const int TryAgain = 11;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int socket, void* address, int length);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int socket, void* address, int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int socket, int level, int name, void* value, int length);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, void* buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, void* buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int descriptor, void* interest);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, void* events, int maxEvents, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(void* asked, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    public static partial int ClockTime(int clock, long* secondsAndNanoseconds);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    public static partial int SetAffinity(int thread, nint length, void* mask);
}
