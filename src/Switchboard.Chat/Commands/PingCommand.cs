using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>PING</c>: whether anybody is there.</summary>
internal static class PingCommand
{
    public static void Run(Request request)
    {
        if (request.Count == 0)
        {
            request.Client.Answer(Numerics.NoOrigin);
        }
        else
        {
            request.Client.AnswerFromServer("PONG", request.World.Server, request[0]);
        }
    }
}
