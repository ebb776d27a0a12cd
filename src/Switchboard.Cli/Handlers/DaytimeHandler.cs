using System.Globalization;
using System.Text;

namespace Switchboard.Cli.Handlers;

/// <summary>Tells the local date and time, with its distance from UTC, as one line (RFC 867), and closes.</summary>
internal static class DaytimeHandler
{
    // The RFC leaves the form open; this is its own example, with numbers in place of the name of the time zone.
    private const string Format = "dddd, MMMM d, yyyy HH:mm:ss zzz\r\n";

    public static ConnectionHandler Start(HandlerOptions options) => (connection, _) =>
    {
        var line = options.Time.GetLocalNow().ToString(Format, CultureInfo.InvariantCulture);
        return connection.SendAsync(Encoding.ASCII.GetBytes(line), CancellationToken.None).AsTask();
    };
}
