using System.Diagnostics;
using Bank.Protocol;

namespace Bank;

/// <summary>One tier as a process: this program again, with the tier's name as its first word.</summary>
internal sealed class Tier(string name, IReadOnlyList<string> arguments)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Starts it, and starts it again when it has died, until it is time to stop; then waits for its end.
    /// </summary>
    /// <returns>False if it cannot start, and has said why.</returns>
    public async Task<bool> KeepRunningAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            using var process = Start();
            using (stopping.Register(process.StandardInput.Close))
            {
                await process.WaitForExitAsync(CancellationToken.None);
            }

            if (process.ExitCode is TierProgram.WrongWords or TierProgram.CannotStart)
            {
                return false;
            }

            if (!stopping.IsCancellationRequested)
            {
                Console.WriteLine($"The {name} tier ended with code {process.ExitCode}, and is started again.");
                await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            }
        }

        return true;
    }

    // Its standard input is a pipe from here: it ends with us, however we end.
    private Process Start()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        foreach (var argument in (string[])[name, .. arguments, "--attached"])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
