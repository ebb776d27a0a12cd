using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>MODE</c>: of rooms, and of oneself.</summary>
internal static class ModeCommand
{
    public static void Run(Request request)
    {
        if (request[0].StartsWith(NameRules.RoomMark))
        {
            RoomModeCommand.Run(request);
        }
        else
        {
            UserModeCommand.Run(request);
        }
    }
}
