using System.CommandLine;

namespace Switchboard.Cli.Options;

/// <summary><c>--exec</c>: everything behind it is a program and what that is given.</summary>
internal static class ExecOption
{
    private const string Name = "--exec";

    public static Option<ServerProgram?> Create() => TextOption.Create<ServerProgram?>(
        Name, "PROGRAM ARGS…", "Have a program serve whoever connects, as its input and output; no shell is asked",
        Parse);

    /// <summary>
    /// The command line with all that stands behind the option as its one value, so that the program's own options are
    /// not taken for ours.
    /// </summary>
    public static IReadOnlyList<string> Join(IReadOnlyList<string> arguments)
    {
        var at = arguments.ToList().IndexOf(Name);
        return at < 0 || arguments.Count <= at + 2 || arguments[at + 1].Length == 0
            ? arguments
            : [.. arguments.Take(at + 1), ExecEndpoint.From(arguments[at + 1], arguments.Skip(at + 2)).Command];
    }

    /// <exception cref="FormatException">It names no program that could be started here.</exception>
    private static ServerProgram Parse(string text)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new FormatException("a program can be given a connection on Linux only.");
        }

        var command = Read(text);
        var program = new ServerProgram(command.Program, command.Arguments);
        return program.Exists
            ? program
            : throw new FormatException($"there is no program '{command.Program}', as a path or in PATH.");
    }

    private static ExecEndpoint Read(string text)
    {
        try
        {
            return new ExecEndpoint(text);
        }
        catch (ArgumentException error)
        {
            throw new FormatException(error.Message, error);
        }
    }
}
