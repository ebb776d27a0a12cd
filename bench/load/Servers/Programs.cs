using System.Diagnostics;

namespace Switchboard.Bench.Load.Servers;

/// <summary>The programs of this machine.</summary>
internal static class Programs
{
    public static bool Exist(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, name)));

    /// <summary>Runs one to its end.</summary>
    /// <returns>Null when it went well, else what it said.</returns>
    public static string? Run(IReadOnlyList<string> command) => RunAndRead(command).Failure;

    /// <summary>Runs one to its end.</summary>
    /// <returns>What it said that went wrong, null when nothing did; and what it printed.</returns>
    public static (string? Failure, string Output) RunAndRead(IReadOnlyList<string> command)
    {
        using var process = Process.Start(StartOf(command))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode == 0 ? null : (errors + output.Result).Trim(), output.Result);
    }

    public static ProcessStartInfo StartOf(IReadOnlyList<string> command) => new(command[0], command.Skip(1))
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
