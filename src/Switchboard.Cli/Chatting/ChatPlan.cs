using Switchboard.Chat;

namespace Switchboard.Cli.Chatting;

/// <summary>What the command line asks for.</summary>
/// <param name="Endpoint">Where the server is.</param>
/// <param name="Client">Who takes part.</param>
/// <param name="Rooms">The rooms to join, in this order; may be none.</param>
/// <param name="To">Where lines of the input go; null for the first room.</param>
internal sealed record ChatPlan(
    Endpoint Endpoint, ChatClientOptions Client, IReadOnlyList<string> Rooms, string? To)
{
    /// <summary>Where lines of the input go first; null if that has to be chosen.</summary>
    public string? FirstTalk => To ?? (Rooms is [var first, ..] ? first : null);
}
