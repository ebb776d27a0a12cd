using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>ISON</c>: which of these nicks are here.</summary>
internal static class IsOnCommand
{
    public static void Run(Request request)
    {
        var here = request.Message.Parameters
            .SelectMany(each => each.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(request.World.FindNick)
            .Where(each => each is not null)
            .Select(each => each!.Nick);
        request.Client.Answer(Numerics.IsOn, string.Join(' ', here));
    }
}
