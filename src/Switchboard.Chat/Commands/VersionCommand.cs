using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>VERSION</c>: which server this is.</summary>
internal static class VersionCommand
{
    public static string Text { get; } =
        $"switchboard-{typeof(VersionCommand).Assembly.GetName().Version?.ToString(3) ?? "0"}";

    public static void Run(Request request)
    {
        request.Client.Answer(Numerics.Version, Text, request.World.Server, "Sockets for .NET");
        Support.Say(request);
    }
}
