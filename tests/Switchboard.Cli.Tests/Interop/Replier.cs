namespace Switchboard.Cli.Tests.Interop;

/// <summary>Who hears the other out and answers later; the other sends, half-closes and waits.</summary>
public enum Replier
{
    Peer,
    Switchboard,
}
