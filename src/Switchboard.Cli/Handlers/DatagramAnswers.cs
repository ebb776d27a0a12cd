namespace Switchboard.Cli.Handlers;

/// <summary>
/// What the built-in services say to a datagram. Whoever sent it may have lied about its address, so no answer is more
/// than three times what came, counting the 28 bytes that any datagram of IPv4 has before its own.
/// </summary>
internal static class DatagramAnswers
{
    // RFC 864's own limit.
    private const int MaxChargenBytes = 512;

    /// <param name="service">The service.</param>
    /// <param name="time">Where time comes from.</param>
    /// <returns>Null if it knows connections only.</returns>
    public static DatagramAnswer? For(BuiltIn service, TimeProvider time) => service.Name switch
    {
        "echo" => request => request,
        "discard" => _ => null,
        "reverse" => Reverse,
        "greet" => _ => GreetHandler.Greeting,
        "daytime" => _ => DaytimeHandler.Tell(time),
        "time" => _ => TellTime(time),
        "chargen" => request => ChargenHandler.Cycle[..Math.Min(request.Length, MaxChargenBytes)],
        _ => null,
    };

    // Not a conditional expression: in one, null would become an empty answer.
    private static ReadOnlyMemory<byte>? TellTime(TimeProvider time)
    {
        if (TimeHandler.Tell(time) is { } bytes)
        {
            return bytes;
        }

        return null;
    }

    private static ReadOnlyMemory<byte>? Reverse(Memory<byte> request)
    {
        request.Span.Reverse();
        return request;
    }
}
