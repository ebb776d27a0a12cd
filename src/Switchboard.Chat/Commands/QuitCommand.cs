using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>QUIT</c>: goodbye.</summary>
internal static class QuitCommand
{
    // Nobody can say by it what only the server says.
    public static void Run(Request request) => request.Client.End(
        request.Count == 0 ? "Quit" : $"Quit: {NameRules.Cut(request[0], request.Limits.MaxReasonBytes)}");
}
