namespace Switchboard.Cli.Tests.ChatServing;

/// <summary>Somebody in a chat, with a client of whatever make.</summary>
/// <param name="Nick">Who it is.</param>
/// <param name="SayAsync">Says to a room or a nick a text.</param>
/// <param name="HearAsync">Waits until a text is shown that a nick has said, in the room or in private.</param>
internal sealed record ChatParty(
    string Nick, Func<string, string, Task> SayAsync, Func<string, string, Task> HearAsync);
