using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Switchboard.Engines.Epoll;

/// <summary>The C library's calls, with Linux's numbers, the same on every processor that .NET runs on.</summary>
internal static unsafe partial class Libc
{
    public const int AfUnix = 1;
    public const int AfInet = 2;
    public const int AfInet6 = 10;
    public const int SockStream = 1;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    public const int SolSocket = 1;
    public const int SoKeepAlive = 9;
    public const int SoError = 4;
    public const int SoLinger = 13;
    public const int SoReusePort = 15;
    public const int SoPeerCredentials = 17;
    public const int IpProtoTcp = 6;
    public const int TcpNoDelay = 1;
    public const int TcpKeepIdle = 4;
    public const int TcpKeepInterval = 5;
    public const int TcpKeepCount = 6;

    public const int IpProtoUdp = 17;
    public const int UdpSegment = 103;
    public const int UdpJoin = 104;

    public const int Peek = 2;
    public const int RealLength = 0x20;
    public const int NoSignal = 0x4000;
    public const int ShutWrite = 1;

    public const int SetPipeSize = 1031;
    public const int GetPipeSize = 1032;
    public const uint SpliceMove = 1;
    public const uint SpliceNonBlocking = 2;

    public const short PollOut = 4;

    public const int EpollAdd = 1;
    public const int EpollDelete = 2;
    public const uint EpollIn = 0x1;
    public const uint EpollUrgent = 0x2;
    public const uint EpollOut = 0x4;
    public const uint EpollError = 0x8;
    public const uint EpollHangUp = 0x10;
    public const uint EpollReadHangUp = 0x2000;
    public const uint EpollEdge = 0x8000_0000;

    // By number: what the C library calls by these names also looks, twice each time, whether the thread is to be
    // cancelled, which this runtime never does. It would be a fiftieth of a small echo.
    private static readonly nint ReceiveNumber = NumberOf(x64: 45, arm64: 207);
    private static readonly nint SendNumber = NumberOf(x64: 44, arm64: 206);

    // A clock that counts one thread's time on the processor is named by its number: (~tid << 3) | per thread | sched.
    private const int PerThreadSched = 6;

    private const string Name = "libc";

    public static int ThreadClock(int threadId) => (~threadId << 3) | PerThreadSched;

    [LibraryImport(Name, EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport(Name, EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int descriptor, byte* happening);

    [LibraryImport(Name, EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, byte* happenings, int count, int timeoutMilliseconds);

    [LibraryImport(Name, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint start, int flags);

    [LibraryImport(Name, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport(Name, EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int descriptor, byte* address, uint length);

    [LibraryImport(Name, EntryPoint = "accept4", SetLastError = true)]
    public static partial int Accept(int descriptor, byte* address, uint* length, int flags);

    [LibraryImport(Name, EntryPoint = "getsockname", SetLastError = true)]
    public static partial int LocalName(int descriptor, byte* address, uint* length);

    [LibraryImport(Name, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int descriptor, int level, int name, void* value, uint length);

    [LibraryImport(Name, EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(int descriptor, int level, int name, void* value, uint* length);

    public static nint Receive(int descriptor, byte* buffer, nuint length, int flags) => ReceiveNumber > 0
        ? Call(ReceiveNumber, descriptor, buffer, length, flags, 0, 0)
        : ReceiveByName(descriptor, buffer, length, flags);

    public static nint Send(int descriptor, byte* bytes, nuint length, int flags) => SendNumber > 0
        ? Call(SendNumber, descriptor, bytes, length, flags, 0, 0)
        : SendByName(descriptor, bytes, length, flags);

    [LibraryImport(Name, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(
        nint number, nint descriptor, byte* bytes, nuint length, nint flags, nint address, nint addressLength);

    [LibraryImport(Name, EntryPoint = "recv", SetLastError = true)]
    private static partial nint ReceiveByName(int descriptor, byte* buffer, nuint length, int flags);

    [LibraryImport(Name, EntryPoint = "send", SetLastError = true)]
    private static partial nint SendByName(int descriptor, byte* bytes, nuint length, int flags);

    [LibraryImport(Name, EntryPoint = "recvfrom", SetLastError = true)]
    public static partial nint ReceiveFrom(
        int descriptor, byte* buffer, nuint length, int flags, byte* address, uint* addressLength);

    [LibraryImport(Name, EntryPoint = "sendto", SetLastError = true)]
    public static partial nint SendTo(
        int descriptor, byte* bytes, nuint length, int flags, byte* address, uint addressLength);

    [LibraryImport(Name, EntryPoint = "recvmmsg", SetLastError = true)]
    public static partial int ReceiveMessages(
        int descriptor, Message* messages, uint count, int flags, void* timeout);

    [LibraryImport(Name, EntryPoint = "sendmmsg", SetLastError = true)]
    public static partial int SendMessages(int descriptor, Message* messages, uint count, int flags);

    [LibraryImport(Name, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, void* bytes, nuint length);

    [LibraryImport(Name, EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe(int* ends, int flags);

    [LibraryImport(Name, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int descriptor, int command, int argument);

    [LibraryImport(Name, EntryPoint = "splice", SetLastError = true)]
    public static partial nint Splice(int from, long* fromAt, int to, long* toAt, nuint length, uint flags);

    [LibraryImport(Name, EntryPoint = "shutdown", SetLastError = true)]
    public static partial int Shutdown(int descriptor, int how);

    [LibraryImport(Name, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport(Name, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int timeoutMilliseconds);

    [LibraryImport(Name, EntryPoint = "gettid")]
    public static partial int ThreadId();

    [LibraryImport(Name, EntryPoint = "clock_gettime")]
    public static partial int ReadClock(int clock, long* secondsAndNanoseconds);

    private static nint NumberOf(nint x64, nint arm64) => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => x64,
        Architecture.Arm64 => arm64,
        _ => 0,
    };

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Asked;
        public short Found;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Vector
    {
        public byte* First;
        public nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct MessageHeader
    {
        public byte* Address;
        public uint AddressLength;
        public Vector* Vectors;
        public nuint VectorCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
    }

    // One of several. It holds the other instead of its fields, because there is a gap behind those.
    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public MessageHeader Header;
        public uint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ControlHeader
    {
        public nuint Length;
        public int Level;
        public int Type;
    }
}
