using Switchboard.Board.Lessons;

namespace Switchboard.Board.Lab.Calls;

/// <summary>The calls that change how a socket behaves, and the events that happen to it.</summary>
/// <param name="sockets">Those of the lesson.</param>
internal sealed class OptionCalls(LabSockets sockets)
{
    private const int SocketLevel = 1;
    private const int TcpLevel = 6;

    private static readonly Dictionary<string, (int Level, int Name)> Options = new()
    {
        ["SO_REUSEADDR"] = (SocketLevel, 2),
        ["SO_SNDBUF"] = (SocketLevel, 7),
        ["SO_RCVBUF"] = (SocketLevel, 8),
        ["SO_KEEPALIVE"] = (SocketLevel, 9),
        ["TCP_NODELAY"] = (TcpLevel, 1),
        ["TCP_KEEPIDLE"] = (TcpLevel, 4),
        ["TCP_KEEPINTVL"] = (TcpLevel, 5),
        ["TCP_KEEPCNT"] = (TcpLevel, 6),
        ["TCP_USER_TIMEOUT"] = (TcpLevel, 18),
    };

    /// <summary>The options that lessons may set.</summary>
    public static IEnumerable<string> Names => Options.Keys;

    public StartedCall Set(LessonStep step)
    {
        var socket = sockets[step.Socket!];
        var (level, name) = Options[step.Option!];
        return new StartedCall($"setsockopt({socket.Name}, {step.Option}, {step.Value})", () => CallOutcome.Of(
            SystemCalls.SetOption(
                socket.Descriptor, level, name, BitConverter.GetBytes(step.Value!.Value), sizeof(int))));
    }

    /// <summary>No call of the lesson waits for this socket any more.</summary>
    public StartedCall DoNotWait(LessonStep step)
    {
        var socket = sockets[step.Socket!];
        return new StartedCall($"fcntl({socket.Name}, F_SETFL, O_NONBLOCK)", () =>
        {
            socket.IsNonBlocking = true;
            return CallOutcome.Of(SystemCalls.Control(
                socket.Descriptor, command: 4, SystemCalls.NonBlockingCloseOnExec & ~0x80000));
        });
    }

    public StartedCall EncryptFromHere(LessonStep step)
    {
        var socket = sockets[step.Socket!];
        return new StartedCall($"TLS begins on {socket.Name}, as {step.Kind}", () =>
        {
            socket.Tls ??= step.Kind == "server" ? TlsSide.Server() : TlsSide.Client();
            return new CallOutcome(0) { Note = "no system call yet" };
        });
    }
}
