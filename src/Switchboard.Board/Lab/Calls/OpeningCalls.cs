using System.Net;
using System.Runtime.InteropServices;
using Switchboard.Board.Explaining;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Lab.Calls;

/// <summary>The calls that make sockets and join them.</summary>
/// <param name="sockets">Those of the lesson.</param>
internal sealed class OpeningCalls(LabSockets sockets)
{
    private const int SocketLevel = 1;
    private const int PendingError = 4;
    private const int BindToDevice = 25;

    public StartedCall Socket(LessonStep step)
    {
        var isUdp = step.Kind == "udp";
        var type = isUdp ? SystemCalls.Datagram : SystemCalls.Stream;
        return new StartedCall($"socket(AF_INET, {(isUdp ? "SOCK_DGRAM" : "SOCK_STREAM")})", () =>
        {
            var outcome = CallOutcome.Of(SystemCalls.Socket(
                SystemCalls.InternetFamily, type | SystemCalls.NonBlockingCloseOnExec, protocol: 0));
            var kind = isUdp ? LabSocketKind.Udp : LabSocketKind.Tcp;
            sockets.Add(new LabSocket(step.As!, step.Actor, kind, (int)outcome.Value));
            return outcome;
        });
    }

    public StartedCall Bind(LessonStep step)
    {
        var socket = sockets[step.Socket!];
        var port = step.To is null ? 0 : sockets.Find(step.To)?.Local?.Port ?? 0;
        var address = new IPEndPoint(IPAddress.Parse(step.Address ?? "127.0.0.1"), port);
        return new StartedCall($"bind({socket.Name}, {address})", () =>
        {
            if (address.Address.Equals(IPAddress.Any) && !IsTiedToThisMachine(socket))
            {
                return new CallOutcome(-1, SystemError.NotAllowed);
            }

            var outcome = CallOutcome.Of(SystemCalls.Bind(socket.Descriptor, Address.Of(address), Address.Length));
            if (outcome.Errno == 0)
            {
                socket.Local = Address.LocalOf(socket.Descriptor);
            }

            return port == 0 ? outcome with { Note = NoteOf(socket.Local) } : outcome;
        });
    }

    public StartedCall Listen(LessonStep step)
    {
        var socket = sockets[step.Socket!];
        return new StartedCall($"listen({socket.Name}, {step.Backlog})", () =>
        {
            var outcome = CallOutcome.Of(SystemCalls.Listen(socket.Descriptor, step.Backlog!.Value));
            socket.IsListening = outcome.Errno == 0;
            return outcome;
        });
    }

    public StartedCall Connect(LessonStep step)
    {
        var socket = sockets[step.Socket!];
        var to = sockets.AddressOf(step.To!, step.Address, socket.Kind);
        var isUnderWay = false;
        return new StartedCall($"connect({socket.Name}, {to})", () =>
        {
            var outcome = isUnderWay ? ResultOf(socket) : Begin(socket, to);
            isUnderWay = true;
            return outcome;
        })
        {
            Meaning = socket.Kind == LabSocketKind.Udp ? "aim" : null,
        };
    }

    public StartedCall Accept(LessonStep step)
    {
        var listener = sockets[step.Socket!];
        return new StartedCall($"accept({listener.Name})", () =>
        {
            Span<byte> peer = stackalloc byte[Address.Length];
            var length = Address.Length;
            var outcome = CallOutcome.Of(SystemCalls.Accept(
                listener.Descriptor, peer, ref length, SystemCalls.NonBlockingCloseOnExec));
            if (outcome.Errno == SystemError.TryAgain && !listener.IsNonBlocking)
            {
                return null;
            }

            return outcome.Errno == 0
                ? outcome with { Note = $"from {Join(step, listener, (int)outcome.Value, Address.Read(peer)).Remote}" }
                : outcome;
        });
    }

    public StartedCall Duplicate(LessonStep step)
    {
        var socket = sockets[step.Socket!];
        return new StartedCall($"dup({socket.Name})", () =>
        {
            var outcome = CallOutcome.Of(SystemCalls.Control(
                socket.Descriptor, SystemCalls.DuplicateCloseOnExec, argument: 0));
            sockets.Add(new LabSocket(step.As!, step.Actor, socket.Kind, (int)outcome.Value)
            {
                Local = socket.Local,
                Remote = socket.Remote,
                Outgoing = socket.Outgoing,
                Incoming = socket.Incoming,
                Peer = socket.Peer,
                IsListening = socket.IsListening,
            });
            return outcome;
        });
    }

    // Whatever it is bound to, only this machine reaches it.
    private static bool IsTiedToThisMachine(LabSocket socket) =>
        SystemCalls.SetOption(socket.Descriptor, SocketLevel, BindToDevice, "lo\0"u8, "lo\0"u8.Length) == 0;

    private static string? NoteOf(IPEndPoint? local) => local is null ? null : $"the kernel chose port {local.Port}";

    private static CallOutcome? Begin(LabSocket socket, IPEndPoint to)
    {
        var outcome = CallOutcome.Of(SystemCalls.Connect(socket.Descriptor, Address.Of(to), Address.Length));
        socket.Remote = outcome.Errno is 0 or SystemError.InProgress ? to : socket.Remote;
        socket.Local = Address.LocalOf(socket.Descriptor) ?? socket.Local;
        if (socket.Kind == LabSocketKind.Tcp && outcome.Errno is 0 or SystemError.InProgress)
        {
            socket.Outgoing = new Flow();
            socket.Incoming = new Flow { IsForeign = true };
        }

        return outcome.Errno == SystemError.InProgress && !socket.IsNonBlocking ? ResultOf(socket) : outcome;
    }

    private static CallOutcome? ResultOf(LabSocket socket)
    {
        PollEntry[] entry = [new() { Descriptor = socket.Descriptor, Wanted = SystemCalls.Writable }];
        if (SystemCalls.Poll(entry, 1, milliseconds: 0) == 0)
        {
            return null;
        }

        Span<byte> error = stackalloc byte[sizeof(int)];
        var length = error.Length;
        _ = SystemCalls.GetOption(socket.Descriptor, SocketLevel, PendingError, error, ref length);
        var errno = MemoryMarshal.Read<int>(error);
        return errno == 0 ? new CallOutcome(0) : new CallOutcome(-1, errno);
    }

    private LabSocket Join(LessonStep step, LabSocket listener, int descriptor, IPEndPoint remote)
    {
        var peer = sockets.All.LastOrDefault(
            socket => socket.Kind == LabSocketKind.Tcp && remote.Equals(socket.Local) && socket.Outgoing is not null);
        var accepted = sockets.Add(new LabSocket(step.As!, step.Actor, LabSocketKind.Tcp, descriptor)
        {
            Local = Address.LocalOf(descriptor) ?? listener.Local,
            Remote = remote,
            Incoming = peer?.Outgoing ?? new Flow { IsForeign = true },
            Outgoing = new Flow(),
            Peer = peer,
        });
        if (peer is not null)
        {
            peer.Incoming = accepted.Outgoing;
            peer.Peer = accepted;
        }

        return accepted;
    }
}
