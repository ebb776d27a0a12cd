using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>MOTD</c>: what the server says to whoever comes.</summary>
internal static class MotdCommand
{
    private const int MaxLineBytes = 400;

    public static void Run(Request request)
    {
        var (client, lines) = (request.Client, request.Exchange.Options.Motd);
        if (lines.Count == 0)
        {
            client.Answer(Numerics.NoMotd);
            return;
        }

        client.Answer(Numerics.MotdStart, $"- {request.World.Server} Message of the day - ");
        foreach (var line in lines)
        {
            client.Answer(Numerics.Motd, "- " + NameRules.Cut(line, MaxLineBytes));
        }

        client.Answer(Numerics.EndOfMotd);
    }
}
