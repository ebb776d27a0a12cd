using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Cli.Tests.Processes;

/// <summary>The end of a test's patience: what hangs is a failure, and not a run that never ends.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>A token that is cancelled when patience is over, counted from now.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "Its timer ends by itself.")]
    public static CancellationToken Soon => new CancellationTokenSource(Patience).Token;
}
