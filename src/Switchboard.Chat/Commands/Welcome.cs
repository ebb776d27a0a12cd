using System.Globalization;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary>The first that a person is told.</summary>
internal static class Welcome
{
    /// <summary>The letters of people's own modes.</summary>
    public const string UserModes = "Bi";

    public static void Say(Request request)
    {
        var (client, options) = (request.Client, request.Exchange.Options);
        client.Answer(Numerics.Welcome, $"Welcome to {options.Network}, {request.Person.Source}");
        client.Answer(Numerics.YourHost, $"Your host is {options.Name}, running version {VersionCommand.Text}");
        client.Answer(Numerics.Created, $"This server was started at {StartedAt(request)}");
        client.Answer(
            Numerics.MyInfo, options.Name, VersionCommand.Text, UserModes, RoomModes.All, RoomModes.WithParameter);
        Support.Say(request);
        LusersCommand.Run(request);
        MotdCommand.Run(request);
    }

    public static string StartedAt(Request request) =>
        request.Exchange.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
