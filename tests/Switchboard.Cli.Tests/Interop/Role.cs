namespace Switchboard.Cli.Tests.Interop;

/// <summary>Which verb this program plays; the peer plays the other.</summary>
public enum Role
{
    Connect,
    Listen,
}
