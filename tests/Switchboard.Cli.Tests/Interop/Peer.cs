namespace Switchboard.Cli.Tests.Interop;

/// <summary>Another program, as the shell commands that make it send or reply.</summary>
/// <param name="Program">What must be installed.</param>
/// <param name="Families">What it can talk over.</param>
/// <param name="Send">
/// Given the address and what the program does, the command that takes <c>hello</c> from standard input, half-closes,
/// and writes the reply to standard output.
/// </param>
/// <param name="Reply">The command that runs <c>./reply</c> with the connection as its standard streams.</param>
internal sealed record Peer(
    string Program,
    IReadOnlyList<Family> Families,
    Func<Address, Role, string> Send,
    Func<Address, Role, string> Reply)
{
    /// <summary>Why it cannot reply when it listens; null if it can.</summary>
    public string? CannotReplyListening { get; init; }
}
