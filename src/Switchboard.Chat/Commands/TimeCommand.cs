using System.Globalization;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>TIME</c>: what the server's clock says.</summary>
internal static class TimeCommand
{
    public static void Run(Request request) => request.Client.Answer(
        Numerics.Time,
        request.World.Server,
        request.Now.UtcDateTime.ToString("dddd, d MMMM yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
}
