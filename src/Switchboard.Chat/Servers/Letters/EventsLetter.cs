using Switchboard.Chat.People;

namespace Switchboard.Chat.Servers.Letters;

/// <summary>Changes of people and rooms, in their order.</summary>
/// <remarks><c>First</c>: the number of the first; each next has one more.</remarks>
internal sealed record EventsLetter(string From, string Run, long First, IReadOnlyList<WorldEvent> Events)
    : Letter(From, Run);
