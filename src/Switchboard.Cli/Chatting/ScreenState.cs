namespace Switchboard.Cli.Chatting;

/// <summary>Everything that one picture of the screen is made of.</summary>
/// <param name="Windows">The talks.</param>
/// <param name="Editor">What is being typed.</param>
/// <param name="Nick">Whoever sits here.</param>
/// <param name="Topic">Of the talk that is shown; a stranger's text.</param>
/// <param name="Members">How many are in the room that is shown; null for no room.</param>
/// <param name="Notice">What is going on: sending, disconnected; empty for nothing.</param>
internal sealed record ScreenState(
    TalkWindows Windows, LineEditor Editor, string Nick, string Topic, int? Members, string Notice);
