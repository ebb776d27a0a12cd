using System.Buffers.Binary;

namespace Switchboard.Cli.Handlers;

/// <summary>Tells the seconds since 1900 in four bytes, most significant first (RFC 868), and closes.</summary>
internal static class TimeHandler
{
    private const long SecondsFrom1900To1970 = 2_208_988_800;

    public static ConnectionHandler Start(HandlerOptions options) => (connection, _) =>
    {
        var seconds = options.Time.GetUtcNow().ToUnixTimeSeconds() + SecondsFrom1900To1970;
        if (seconds is < 0 or > uint.MaxValue)
        {
            // From 7 February 2036 on the number does not fit. A server that cannot tell the time closes in silence.
            return Task.CompletedTask;
        }

        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)seconds);
        return connection.SendAsync(bytes, CancellationToken.None).AsTask();
    };
}
