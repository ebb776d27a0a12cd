using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>USERHOST</c>: where these nicks are, and whether they are away.</summary>
internal static class UserHostCommand
{
    private const int MaxNicks = 5;

    public static void Run(Request request)
    {
        var found = request.Message.Parameters
            .Take(MaxNicks)
            .Select(request.World.FindNick)
            .Where(each => each is not null)
            .Select(each => $"{each!.Nick}={(each.Away is null ? '+' : '-')}{each.User}@{each.Host}");
        request.Client.Answer(Numerics.UserHost, string.Join(' ', found));
    }
}
