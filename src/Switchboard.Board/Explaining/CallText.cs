using System.Globalization;

namespace Switchboard.Board.Explaining;

/// <summary>
/// What calls do and what has come of them, in sentences. The lab says them of its own calls, and
/// <c>--explain</c> of any conversation.
/// </summary>
internal static class CallText
{
    /// <summary>What a call waits for.</summary>
    public static string Waiting(string call) => call switch
    {
        "accept" => "accept waits: nobody has connected who was not accepted already.",
        "connect" => "connect waits: the other end has not answered yet.",
        "recv" or "recvfrom" or "read" =>
            $"{call} waits: nothing has arrived, and the other end has not finished, so something may still come.",
        "send" or "write" =>
            $"{call} waits: the kernel has no room for more. The other end does not read, or reads slowly.",
        "slices" => "Its bytes go out one by one, half a second apart. The other end may receive meanwhile: it finds "
            + "what has come by now.",
        "delay" => "Nothing arrives. What is sent now is lost on the way: the kernel that has sent it keeps it, and "
            + "sends it again.",
        "poll" => "poll waits: none of them has anything to tell.",
        "open" => "open waits: a named pipe opens when both ends are opened.",
        "load" => "It looks again and again: nobody else tells it when the memory has changed.",
        _ => $"{call} waits.",
    };

    /// <summary>What a call has come to.</summary>
    /// <param name="call">Its name.</param>
    /// <param name="value">What it returned.</param>
    /// <param name="asked">How many bytes it was given, or had room for.</param>
    /// <param name="errno">Its error; 0 for none.</param>
    public static string Returned(string call, long value, long asked, int errno) => errno != 0
        ? Failed(call, errno)
        : call switch
        {
            "socket" => "A socket: an end of a connection that does not exist yet. The program gets a number for it.",
            "bind" => "The socket has an address now. Nobody can connect before it listens.",
            "listen" =>
                "It listens: from here on the kernel makes connections by itself, whether accept is called or not.",
            "connect" => Connected,
            "accept" => Accepted,
            "send" or "slices" => Sent(value, asked),
            "sendto" => $"The datagram of {Bytes(value)} is on its way. Whether it arrives nobody says.",
            "recv" => Received(value, asked),
            "recvfrom" => $"One datagram, {Bytes(value)} of it. A datagram is taken whole or cut, never in parts.",
            "read" => value == 0
                ? "read returned 0: everyone who could write has closed. Nothing will come any more."
                : $"{Capital(Bytes(value))} out of the pipe.",
            "write" => $"{Capital(Bytes(value))} lie in the pipe until somebody reads.",
            "shutdown" => FinishedSending,
            "close" =>
                "The number is free again. What was sent is still delivered; what came and was not read is lost.",
            "poll" => value == 0
                ? "poll returned 0: the time is over, and nothing has happened."
                : $"poll says that {(value == 1 ? "one of them has" : $"{value} of them have")} something to tell.",
            _ => Quiet(call, value),
        };

    /// <summary>A connection was asked for, and is there.</summary>
    public static string Connected =>
        "Connected: the two kernels have shaken hands. The server's program may not know of it yet.";

    /// <summary>The same between two programs of one machine, by a pipe, a unix socket or shared memory.</summary>
    public static string ConnectedWithin =>
        "Connected, within this machine: no network is between, but the peer's program may not know of it yet.";

    /// <summary>A server listens.</summary>
    public static string Listening => Returned("listen", 0, 0, 0);

    /// <summary>A connection was taken from the queue of a listener.</summary>
    public static string Accepted =>
        "accept returned a new socket for this one peer; the listener goes on waiting for others.";

    /// <summary>The program has nothing more to send, and has said so.</summary>
    public static string FinishedSending =>
        "The peer will read 0 behind the last byte: this end has finished sending. It can still receive.";

    /// <summary>Nothing more will come from the peer.</summary>
    public static string PeerFinished =>
        "recv returned 0, which is not an empty message: the peer has finished sending. "
        + "Sending to it is still possible.";

    /// <summary>A send has returned.</summary>
    public static string Sent(long bytes, long asked) => bytes < asked
        ? $"send took {Number(bytes)} of {Bytes(asked)}: the kernel had room for no more. "
            + "The rest is the program's to send."
        : $"send took {Bytes(bytes)}: the kernel has them. That the peer has read them it does not say.";

    /// <summary>A receive has returned.</summary>
    public static string Received(long bytes, long room) => bytes == 0
        ? PeerFinished
        : bytes == room
            ? $"recv brought {Bytes(bytes)}, as many as it had room for. More may lie in the queue."
            : $"recv brought {Bytes(bytes)}: what had arrived by now, of one send or of many.";

    /// <summary>A frame was cut out of the stream.</summary>
    public static string Framed(long bytes) =>
        $"A frame of {Bytes(bytes)}, cut out of the stream: the receives that brought it knew nothing of its borders.";

    /// <summary>The first end to finish is the one that has to remember.</summary>
    public static string ThisEndRemembers =>
        "This end finished first, so its kernel remembers the connection for a minute, in TIME_WAIT.";

    /// <summary>The same of the other end.</summary>
    public static string PeerRemembers =>
        "The peer finished first, so TIME_WAIT is at its end; the port here is free at once.";

    /// <summary>A call has failed.</summary>
    public static string Failed(string call, int errno)
    {
        var error = SystemError.Of(errno);
        return $"{(call == "aim" ? "connect" : call)} failed with {error.Name}. {error.Sentence}";
    }

    internal static string Bytes(long count) => count == 1 ? "1 byte" : $"{Number(count)} bytes";

    internal static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Quiet(string call, long value) => call switch
    {
        "aim" => "Nothing was sent. The socket only knows now where to send to, and whom to hear.",
        "volley" => $"All of them have left, {Bytes(value)} in all. How many have arrived, nobody says.",
        "setsockopt" => "The socket behaves otherwise from here on.",
        "nonblock" => "No call on this socket waits any more: what cannot be done at once fails with EAGAIN.",
        "dup" => "A second number for the same socket: it lives until both are closed.",
        "mkfifo" => "A name in the file system, by which two processes find the same pipe.",
        "open" => "Both ends of the pipe are open.",
        "map" => "The same memory is in both programs now.",
        "store" => $"{Capital(Bytes(value))} written. The kernel was not asked, and knows nothing of it.",
        "load" => $"{Capital(Bytes(value))} read. The kernel was not asked.",
        "tls" => "What is sent on this socket from here on is encrypted, as soon as both ends have agreed how.",
        "cut" => "Packets for these sockets are thrown away. Nobody is told: that is what a cut cable looks like.",
        "mend" => "Packets arrive again.",
        "reset" => "The connection is gone at once, with everything under way. The peer is told by a reset.",
        "delay" => "Packets arrive again. What was lost comes soon, late but whole and in order, and neither program "
            + "was told.",
        "slice" => "From here on each byte goes out by a send of its own, and in a segment of its own. A receiver "
            + "finds as many as have come.",
        "shrink" => "Buffers of a few thousand bytes. What a kernel has offered to its peer already it does not take "
            + "back; beyond that, a send waits as soon as nobody reads.",
        _ => $"{call} returned {value}.",
    };
}
