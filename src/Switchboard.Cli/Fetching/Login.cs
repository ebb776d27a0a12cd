using System.Text;
using Switchboard.Cli.Failures;

namespace Switchboard.Cli.Fetching;

/// <summary>A name and a password out of a file.</summary>
internal static class Login
{
    /// <summary>The header that proves them (HTTP Basic).</summary>
    /// <param name="folder">Where relative names start.</param>
    /// <param name="file">Its first line is <c>name:password</c>.</param>
    /// <exception cref="FailureException">The file cannot be read, or holds no such line.</exception>
    public static HeaderLine Read(string folder, string file)
    {
        try
        {
            var line = File.ReadLines(Path.Combine(folder, file)).FirstOrDefault() ?? "";
            return line.IndexOf(':', StringComparison.Ordinal) > 0
                ? new HeaderLine("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(line)))
                : throw Wrong(file, "Its first line is not name:password.", null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Wrong(file, error.Message, error);
        }
    }

    private static FailureException Wrong(string file, string why, Exception? error) => new(
        new Failure(
            ExitCode.Usage, $"--login: {file} cannot be used.", why, "Write name:password into its first line."),
        error);
}
