using System.Collections.Immutable;

namespace Switchboard.Chat;

/// <summary>Somebody left the server.</summary>
/// <param name="Time">See <see cref="ChatEvent"/>.</param>
/// <param name="Nick">Who is gone.</param>
/// <param name="Reason">What was said about it; may be empty.</param>
/// <param name="Rooms">The rooms of this client in which they were.</param>
public sealed record ChatQuit(DateTimeOffset Time, string Nick, string Reason, ImmutableArray<string> Rooms)
    : ChatEvent(Time);
