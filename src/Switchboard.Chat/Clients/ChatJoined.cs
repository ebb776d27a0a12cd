namespace Switchboard.Chat;

/// <summary>Somebody came into a room.</summary>
/// <param name="Time">See <see cref="ChatEvent"/>.</param>
/// <param name="Room">Its name.</param>
/// <param name="Nick">Who came.</param>
public sealed record ChatJoined(DateTimeOffset Time, string Room, string Nick) : ChatEvent(Time);
