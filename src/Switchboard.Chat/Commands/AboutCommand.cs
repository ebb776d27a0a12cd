using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>INFO</c>: what this program is.</summary>
internal static class AboutCommand
{
    public static void Run(Request request)
    {
        request.Client.Answer(Numerics.ServerFacts, $"{VersionCommand.Text}: sockets for .NET, and a chat on them");
        request.Client.Answer(Numerics.ServerFacts, $"Running since {Welcome.StartedAt(request)}");
        request.Client.Answer(Numerics.EndOfServerFacts);
    }
}
