using System.Buffers.Binary;

namespace Switchboard.Cli.Handlers;

/// <summary>Tells the seconds since 1900 in four bytes, most significant first (RFC 868), and closes.</summary>
internal static class TimeHandler
{
    private const long SecondsFrom1900To1970 = 2_208_988_800;

    public static ConnectionHandler Start(HandlerOptions options) => (connection, _) =>
        Tell(options.Time) is { } bytes
            ? connection.SendAsync(bytes, CancellationToken.None).AsTask()
            : Task.CompletedTask;

    /// <returns>
    /// Null from 7 February 2036 on, when the number does not fit: a server that cannot tell the time is silent.
    /// </returns>
    public static byte[]? Tell(TimeProvider time)
    {
        var seconds = time.GetUtcNow().ToUnixTimeSeconds() + SecondsFrom1900To1970;
        if (seconds is < 0 or > uint.MaxValue)
        {
            return null;
        }

        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)seconds);
        return bytes;
    }
}
