using System.Text.Json;

namespace Switchboard.Board.Events;

/// <summary>
/// One line of the event log: version, name and time, and behind them what the event has to tell. The command's
/// <c>--json</c>, the board and the lab all write it.
/// </summary>
internal static class EventLine
{
    /// <summary>Grows when a member changes its meaning; new members and new events leave it as it is.</summary>
    public const int Version = 1;

    /// <summary>Begins the object; whoever calls writes the members that are the event's own, and ends it.</summary>
    /// <param name="json">Writes the line.</param>
    /// <param name="name">What happened.</param>
    /// <param name="time">When.</param>
    public static void Begin(Utf8JsonWriter json, string name, DateTimeOffset time)
    {
        json.WriteStartObject();
        json.WriteNumber("v", Version);
        json.WriteString("event", name);
        json.WriteString("time", time);
    }
}
