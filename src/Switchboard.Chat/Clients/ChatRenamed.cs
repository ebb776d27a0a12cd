using System.Collections.Immutable;

namespace Switchboard.Chat;

/// <summary>Somebody has another nick now.</summary>
/// <param name="Time">See <see cref="ChatEvent"/>.</param>
/// <param name="OldNick">What they were called.</param>
/// <param name="NewNick">What they are called from now on.</param>
/// <param name="Rooms">The rooms of this client in which they are.</param>
public sealed record ChatRenamed(DateTimeOffset Time, string OldNick, string NewNick, ImmutableArray<string> Rooms)
    : ChatEvent(Time);
