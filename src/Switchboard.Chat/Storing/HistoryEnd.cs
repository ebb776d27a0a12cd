namespace Switchboard.Chat;

/// <summary>One end of what was asked for.</summary>
public enum HistoryEnd
{
    /// <summary>The messages that were said last.</summary>
    Newest,

    /// <summary>The messages that were said first.</summary>
    Oldest,
}
