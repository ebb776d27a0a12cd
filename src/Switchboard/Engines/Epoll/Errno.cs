using System.Net.Sockets;

namespace Switchboard.Engines.Epoll;

/// <summary>Linux's error numbers, as far as the engine tells them apart.</summary>
internal static class Errno
{
    public const int Interrupted = 4;
    public const int InputOutput = 5;
    public const int Again = 11;
    public const int OutOfMemory = 12;
    public const int InvalidArgument = 22;
    public const int TooManyInSystem = 23;
    public const int TooManyInProcess = 24;
    public const int BrokenPipe = 32;
    public const int TooLong = 90;
    public const int NoSuchOption = 92;
    public const int NotSupported = 95;
    public const int NoBuffers = 105;
    public const int InProgress = 115;

    /// <summary>The framework's exception for an error number, whose code is translated with all others.</summary>
    public static SocketException ToException(int errno) => new((int)ToSocketError(errno));

    public static SocketError ToSocketError(int errno) => errno switch
    {
        1 or 13 => SocketError.AccessDenied,
        9 => SocketError.OperationAborted,
        Again => SocketError.WouldBlock,
        14 => SocketError.Fault,
        InvalidArgument => SocketError.InvalidArgument,
        TooManyInSystem or TooManyInProcess => SocketError.TooManyOpenSockets,
        BrokenPipe => SocketError.Shutdown,
        71 => SocketError.ConnectionReset,
        88 => SocketError.NotSocket,
        TooLong => SocketError.MessageSize,
        97 => SocketError.AddressFamilyNotSupported,
        98 => SocketError.AddressAlreadyInUse,
        99 or 2 => SocketError.AddressNotAvailable,
        100 => SocketError.NetworkDown,
        101 => SocketError.NetworkUnreachable,
        102 => SocketError.NetworkReset,
        103 => SocketError.ConnectionAborted,
        104 => SocketError.ConnectionReset,
        OutOfMemory or NoBuffers => SocketError.NoBufferSpaceAvailable,
        107 => SocketError.NotConnected,
        108 => SocketError.Disconnecting,
        110 => SocketError.TimedOut,
        111 => SocketError.ConnectionRefused,
        112 => SocketError.HostDown,
        113 => SocketError.HostUnreachable,
        InProgress => SocketError.InProgress,
        _ => SocketError.SocketError,
    };
}
