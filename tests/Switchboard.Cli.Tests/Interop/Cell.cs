namespace Switchboard.Cli.Tests.Interop;

/// <summary>One cell of the table: how this program and a peer talk.</summary>
/// <param name="Family">What they talk over.</param>
/// <param name="Role">What this program does.</param>
/// <param name="Replier">Who answers.</param>
/// <param name="Delay">How long the answer takes, in seconds as a shell writes them.</param>
internal sealed record Cell(Family Family, Role Role, Replier Replier, string Delay)
{
    public override string ToString() => $"{Family}, {Role}, {Replier} replies after {Delay} s";
}
