namespace Switchboard.Chat;

/// <summary>The topic of a room: told at joining, and when it is changed.</summary>
/// <param name="Time">See <see cref="ChatEvent"/>.</param>
/// <param name="Room">Its name.</param>
/// <param name="Topic">Empty if it was taken away.</param>
/// <param name="By">Who changed it; null at joining.</param>
public sealed record ChatTopic(DateTimeOffset Time, string Room, string Topic, string? By) : ChatEvent(Time);
