namespace Switchboard.Cli.Conversations;

/// <summary>How many calls a conversation took; sending and receiving each count their own.</summary>
internal sealed class CallCounts
{
    public int Sends { get; set; }

    public int Receives { get; set; }
}
