using System.Text;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.WebFiles;

/// <summary>Where the name and the password of a server come from: a file, or whoever started it.</summary>
internal static class LoginSource
{
    private const string Asked = "-";

    /// <returns><c>name:password</c>.</returns>
    /// <exception cref="FailureException">There is no such line, or it would be sent in the clear.</exception>
    public static string Read(string source, Endpoint listen, bool isTls, Surroundings surroundings)
    {
        var isLocal = listen is HostEndpoint { IsLoopback: true } or (not HostEndpoint and not DescriptorEndpoint);
        if (!isTls && !isLocal)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage,
                $"a password would go to {listen} in the clear.",
                "Whoever is on the way could read it.",
                "Add --tls with a certificate, or listen at :PORT for this machine only."));
        }

        var line = source == Asked ? Ask(surroundings) : FirstLineOf(Path.Combine(surroundings.Folder, source), source);
        return line.IndexOf(':', StringComparison.Ordinal) is var colon && colon > 0 && colon < line.Length - 1
            ? line
            : throw new FailureException(new Failure(
                ExitCode.Usage, "there is no login.", "A name and a password with a colon between them are expected.",
                "Write name:password."));
    }

    private static string FirstLineOf(string path, string source)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault() ?? "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FailureException(
                new Failure(ExitCode.Usage, $"--login: {source} cannot be read.", error.Message, "Check the name."),
                error);
        }
    }

    private static string Ask(Surroundings surroundings)
    {
        if (!surroundings.Terminals.HasFlag(Terminals.Input))
        {
            using var input = new StreamReader(surroundings.Input, Encoding.UTF8, leaveOpen: true);
            return input.ReadLine() ?? "";
        }

        surroundings.Error.Write("Name:password of visitors (not shown): "u8);
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
