namespace Switchboard.Cli.Conversations;

/// <summary>Which end finished sending first.</summary>
internal enum Finisher
{
    /// <summary>Neither has finished.</summary>
    Nobody,

    /// <summary>This program.</summary>
    ThisEnd,

    /// <summary>The other one.</summary>
    Peer,
}
