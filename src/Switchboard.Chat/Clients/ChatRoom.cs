using System.Collections.Immutable;

namespace Switchboard.Chat;

/// <summary>A room as this client knew it at one moment; it never changes.</summary>
/// <param name="Name">As the server writes it.</param>
public sealed record ChatRoom(string Name)
{
    /// <summary>What the room is about; empty if nobody has said.</summary>
    public string Topic { get; init; } = "";

    /// <summary>
    /// Who is in it, each with their marks: <c>@</c> for an operator, <c>+</c> for a voice, or nothing. Looked up with
    /// the server's rule for equal nicks.
    /// </summary>
    public ImmutableDictionary<string, string> Members { get; init; } = ImmutableDictionary<string, string>.Empty;
}
