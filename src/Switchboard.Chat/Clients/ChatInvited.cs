namespace Switchboard.Chat;

/// <summary>Somebody asks this client into a room.</summary>
/// <param name="Time">See <see cref="ChatEvent"/>.</param>
/// <param name="Room">Its name.</param>
/// <param name="By">Who asks.</param>
public sealed record ChatInvited(DateTimeOffset Time, string Room, string By) : ChatEvent(Time);
