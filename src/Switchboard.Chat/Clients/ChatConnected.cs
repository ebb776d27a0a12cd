namespace Switchboard.Chat;

/// <summary>The client is registered with the server: what follows is of this connection.</summary>
/// <param name="Time">See <see cref="ChatEvent"/>.</param>
/// <param name="Nick">The nick that it got, which need not be the one that was wanted.</param>
/// <param name="Server">What the server calls itself.</param>
/// <param name="IsAgain">Whether an earlier connection was lost; its rooms are joined anew.</param>
public sealed record ChatConnected(DateTimeOffset Time, string Nick, string Server, bool IsAgain) : ChatEvent(Time);
