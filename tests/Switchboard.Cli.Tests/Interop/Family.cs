namespace Switchboard.Cli.Tests.Interop;

/// <summary>What a conversation runs over.</summary>
public enum Family
{
    Tcp4,
    Tcp6,
    Unix,
}
