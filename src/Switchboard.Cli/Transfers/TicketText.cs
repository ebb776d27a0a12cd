using System.Text;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;
using Switchboard.Files;

namespace Switchboard.Cli.Transfers;

/// <summary>
/// Reads the ticket, which is a secret: from a file, from standard input, or from whoever is asked for it. Never from
/// the command line, which all users of a machine can read.
/// </summary>
internal static class TicketText
{
    private const string StandardInput = "-";

    /// <param name="file">The file's name, or <c>-</c>; null to ask.</param>
    /// <param name="surroundings">The streams, and where relative names start.</param>
    /// <param name="log">Asks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="FailureException">There is no ticket.</exception>
    public static async Task<Ticket> ReadAsync(
        string? file, Surroundings surroundings, EventLog log, CancellationToken cancellationToken)
    {
        if (file is null && surroundings.Terminals.HasFlag(Terminals.Input))
        {
            log.Say("Ticket, as switchboard receive printed it:");
        }

        var line = file is null or StandardInput
            ? await ReadLineAsync(surroundings.Input, cancellationToken)
            : await ReadFileAsync(Path.Combine(surroundings.Folder, file), cancellationToken);
        try
        {
            return Ticket.Parse(line);
        }
        catch (FormatException error)
        {
            throw new FailureException(
                new Failure(
                    ExitCode.Usage,
                    line.Length == 0 ? "there is no ticket." : "the ticket cannot be read.",
                    error.Message,
                    "Run switchboard receive where the files are to go, and give the line that it prints to send: "
                    + "on standard input, or with --ticket-file FILE."),
                error);
        }
    }

    private static async Task<string> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await ReadLineAsync(file, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FailureException(
                new Failure(ExitCode.Usage, "the ticket's file cannot be read.", error.Message), error);
        }
    }

    // Byte after byte, because what is behind the line is somebody else's; and no more than a ticket can have.
    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        var next = new byte[1];
        while (line.Count <= Ticket.MaxLength
            && await stream.ReadAsync(next, cancellationToken).AsTask().WaitAsync(cancellationToken) > 0
            && next[0] != (byte)'\n')
        {
            line.Add(next[0]);
        }

        return Encoding.UTF8.GetString([.. line]).Trim();
    }
}
