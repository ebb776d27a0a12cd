namespace Switchboard.Chat;

/// <summary>Somebody left a room, or was put out of it.</summary>
/// <param name="Time">See <see cref="ChatEvent"/>.</param>
/// <param name="Room">Its name.</param>
/// <param name="Nick">Who is gone.</param>
/// <param name="Reason">What was said about it; may be empty.</param>
/// <param name="By">Who put them out; null if they went by themselves.</param>
public sealed record ChatLeft(DateTimeOffset Time, string Room, string Nick, string Reason, string? By)
    : ChatEvent(Time);
