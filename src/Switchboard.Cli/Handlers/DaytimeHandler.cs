using System.Globalization;
using System.Text;

namespace Switchboard.Cli.Handlers;

/// <summary>Tells the local date and time, with its distance from UTC, as one line (RFC 867), and closes.</summary>
internal static class DaytimeHandler
{
    // The RFC leaves the form open; this is its own example, with numbers in place of the name of the time zone.
    private const string Format = "dddd, MMMM d, yyyy HH:mm:ss zzz\r\n";

    public static ConnectionHandler Start(HandlerOptions options) => (connection, _) =>
        connection.SendAsync(Tell(options.Time), CancellationToken.None).AsTask();

    public static byte[] Tell(TimeProvider time) =>
        Encoding.ASCII.GetBytes(time.GetLocalNow().ToString(Format, CultureInfo.InvariantCulture));
}
