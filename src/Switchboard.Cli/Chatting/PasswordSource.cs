using System.Text;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Chatting;

/// <summary>
/// Where a password comes from: a file, or whoever is asked. Never the command line, which all users can read.
/// </summary>
internal static class PasswordSource
{
    private const string Asked = "-";

    /// <exception cref="FailureException">The file cannot be read, or there is nothing in it.</exception>
    public static string Read(string source, Surroundings surroundings)
    {
        var password = source == Asked ? Ask(surroundings) : FirstLineOf(source, surroundings.Folder);
        return password.Length > 0
            ? password
            : throw new FailureException(new Failure(
                ExitCode.Usage, "there is no password.", Next: "Put it on the first line."));
    }

    private static string FirstLineOf(string source, string folder)
    {
        try
        {
            return File.ReadLines(Path.Combine(folder, source)).FirstOrDefault() ?? "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FailureException(
                new Failure(
                    ExitCode.Usage,
                    $"--account-password-file: {source} cannot be read.",
                    error.Message,
                    "Check the name."),
                error);
        }
    }

    private static string Ask(Surroundings surroundings)
    {
        if (!surroundings.Terminals.HasFlag(Terminals.Input))
        {
            throw new FailureException(new Failure(
                ExitCode.Usage,
                "nobody is there to ask for the password.",
                Next: "Name a file: --account-password-file FILE"));
        }

        surroundings.Error.Write("Password (not shown): "u8);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(typed.Length - 1, 0);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        surroundings.Error.Write("\n"u8);
        return typed.ToString();
    }
}
