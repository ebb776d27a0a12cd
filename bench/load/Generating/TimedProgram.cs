using System.Diagnostics;
using System.Globalization;
using System.Text;
using Switchboard.Bench.Load.Kernel;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Generating;

/// <summary>A program that runs to its end, on all cores, and the processor time that it took.</summary>
internal sealed class TimedProgram : IDisposable
{
    // A clock that is read while a process runs misses its end, and afterwards there is none: the shell is told by
    // the kernel.
    private const string Script = "TIMEFORMAT='cpu %3U %3S'; time \"$@\"";

    private readonly string _name;
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private TimedProgram(string name, Process process)
    {
        _name = name;
        _process = process;
        process.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
    }

    public bool HasEnded => _process.HasExited;

    /// <param name="name">For what is said when it fails.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="redirection">As the shell writes it; empty for none.</param>
    /// <param name="cores">All that it may use.</param>
    public static TimedProgram Start(string name, IEnumerable<string> command, string redirection, Cores cores)
    {
        var start = Programs.StartOf(["bash", "-c", $"{Script} {redirection}", name, .. command]);
        if (!Cores.CanPin)
        {
            return new TimedProgram(name, RunningServers.Start(start));
        }

        Affinity.PinThread([.. cores.Servers, cores.Generator]);
        try
        {
            return new TimedProgram(name, RunningServers.Start(start));
        }
        finally
        {
            Affinity.PinThread([cores.Generator]);
        }
    }

    /// <returns>User and system together, in seconds.</returns>
    /// <exception cref="CopyFailedException">It takes too long, or went wrong.</exception>
    public double WaitForEnd(TimeSpan limit)
    {
        if (!_process.WaitForExit(limit))
        {
            throw new CopyFailedException($"{_name} did not end within {limit.TotalSeconds:F0} s.");
        }

        // Without a limit it waits for the end of what was printed, too.
        _process.WaitForExit();
        var lines = _errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var last = Array.FindLast(lines, line => line.StartsWith("cpu ", StringComparison.Ordinal));
        if (_process.ExitCode != 0 || last is null)
        {
            throw new CopyFailedException($"{_name} failed with {_process.ExitCode}. {lines.FirstOrDefault()}");
        }

        return last.Split(' ')[1..].Sum(seconds => double.Parse(seconds, CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        RunningServers.Forget(_process);
        RunningServers.End(_process);
        _process.Dispose();
    }
}
