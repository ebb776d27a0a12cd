using Switchboard.Cli.Failures;
using Switchboard.Cli.Serving;

namespace Switchboard.Cli.Configuration;

/// <summary>Reads <c>switchboard.json</c>: what <c>up</c> runs.</summary>
internal static class ConfigurationFile
{
    /// <summary>The file that is used, if it is there, when no other was named.</summary>
    public const string DefaultName = "switchboard.json";

    private const int MaxBytes = 1024 * 1024;

    /// <param name="path">Complete.</param>
    /// <param name="name">As it was typed, for messages.</param>
    /// <exception cref="FailureException">It cannot be read, or something in it cannot be meant.</exception>
    public static IReadOnlyList<ServingPlan> Load(string path, string name)
    {
        var file = ReadBytes(path, name);
        try
        {
            return PlanReader.Read(EntryReader.ReadAll(file));
        }
        catch (ConfigurationException error)
        {
            var lines = error.Message.Split('\n', 2);
            throw new FailureException(
                new Failure(
                    ExitCode.Usage,
                    $"{name}:{error.Place}: {lines[0]}",
                    lines.Length > 1 ? lines[1] : null,
                    error.Expected is { } expected ? $"Write {expected}." : null),
                error);
        }
    }

    private static byte[] ReadBytes(string path, string name)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MaxBytes)
            {
                throw new IOException($"It has more than {MaxBytes} bytes.");
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return WithoutMark(bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FailureException(
                new Failure(ExitCode.Usage, $"{name} cannot be read.", error.Message, "Check the name after --config."),
                error);
        }
    }

    // Some editors start a file with the byte order mark.
    private static byte[] WithoutMark(byte[] bytes) => bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
}
