using System.Data.Common;
using System.Security.Cryptography;

namespace Bank.Protocol;

/// <summary>What tiers do alike as programs: read a command line, say why one cannot start, wait for the end.</summary>
/// <param name="Name">What it calls itself when it complains.</param>
/// <param name="Usage">Printed for who asks for <c>--help</c>, or gets the words wrong.</param>
/// <param name="Options">Names that a value follows.</param>
/// <param name="Flags">Names that stand alone.</param>
public sealed record TierProgram(
    string Name, string Usage, IReadOnlyCollection<string> Options, IReadOnlyCollection<string> Flags)
{
    /// <summary>The exit code for a command line that is not understood.</summary>
    public const int WrongWords = 2;

    /// <summary>The exit code of a tier that cannot start: starting it again would not help.</summary>
    public const int CannotStart = 3;

    /// <param name="args">The command line.</param>
    /// <param name="run">The tier, and the exit code that it ends with.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args, Func<ProgramOptions, Task<int>> run)
    {
        if (args is ["--help"])
        {
            await Console.Out.WriteLineAsync(Usage);
            return 0;
        }

        if (ProgramOptions.TryRead(args, Options, Flags) is not { } options)
        {
            await Console.Error.WriteLineAsync(Usage);
            return WrongWords;
        }

        try
        {
            return await run(options);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or DbException
            or CryptographicException or FormatException or ArgumentException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"The {Name} cannot start: {cause.Message}");
            return CannotStart;
        }
    }

    /// <summary>
    /// Waits until the tier is told to stop; with the flag <c>--attached</c> also until standard input ends, for then
    /// whoever started it is gone, however that came.
    /// </summary>
    public static async Task WaitForEndAsync(Task stopped, ProgramOptions options)
    {
        if (options.Has("attached"))
        {
            await using var input = Console.OpenStandardInput();
            await Task.WhenAny(stopped, input.CopyToAsync(Stream.Null));
        }
        else
        {
            await stopped;
        }
    }
}
