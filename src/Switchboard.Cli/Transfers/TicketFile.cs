using System.Text;
using Switchboard.Cli.Failures;
using Switchboard.Files;

namespace Switchboard.Cli.Transfers;

/// <summary>Writes a ticket to a file that this user alone can read.</summary>
internal static class TicketFile
{
    /// <exception cref="FailureException">The file cannot be written, or is there already.</exception>
    public static void Write(string path, Ticket ticket)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using var file = new FileStream(path, options);
            file.Write(Encoding.UTF8.GetBytes(ticket.ToLine() + "\n"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FailureException(
                new Failure(
                    ExitCode.Failed, "the ticket's file cannot be written.", error.Message,
                    "Name one that is not there yet."),
                error);
        }
    }
}
