using System.Globalization;

namespace Switchboard.Chat.Clients;

/// <summary>How far a talk was read.</summary>
/// <param name="Id">The last message, if the server names messages.</param>
/// <param name="Time">When it was said.</param>
internal sealed record Bookmark(string? Id, DateTimeOffset Time)
{
    /// <summary>As the server is asked for what is behind it.</summary>
    public string Place => Id is { Length: > 0 }
        ? $"msgid={Id}"
        : string.Create(CultureInfo.InvariantCulture, $"timestamp={Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}");
}
