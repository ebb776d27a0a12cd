namespace Switchboard.Chat.People;

/// <summary>Somebody who had a nick and has left it.</summary>
internal sealed record WhoWasEntry(
    string FoldedNick, string Nick, string User, string Host, string RealName, string Server, DateTimeOffset Left);
