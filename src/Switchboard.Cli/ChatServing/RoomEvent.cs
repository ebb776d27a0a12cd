using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.ChatServing;

/// <summary>A room has its first member, or has lost its last.</summary>
internal sealed record RoomEvent(string Room, string Change) : ConsoleEvent
{
    public override string Name => $"room-{Change}";

    public override string Text => $"chat room {Room} {Change}";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("room", Room);
    }
}
