namespace Switchboard.Cli.Failures;

/// <summary>Why the command did not do what it was asked, in three parts. Any of it may be a stranger's text.</summary>
/// <param name="ExitCode">One of <see cref="Failures.ExitCode"/>.</param>
/// <param name="What">What failed, with the addresses.</param>
/// <param name="Why">What is behind it, if known; may have several lines.</param>
/// <param name="Next">What to try, if anything helps.</param>
internal sealed record Failure(int ExitCode, string What, string? Why = null, string? Next = null);
