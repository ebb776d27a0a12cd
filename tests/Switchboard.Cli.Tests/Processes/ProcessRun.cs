using System.Diagnostics;

namespace Switchboard.Cli.Tests.Processes;

/// <summary>The command as a process of its own, as people and scripts run it.</summary>
internal sealed class ProcessRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task _output;
    private readonly Task _error;

    private ProcessRun(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _output = CopyAsync(_process.StandardOutput.BaseStream, Output);
        _error = CopyAsync(_process.StandardError.BaseStream, Error);
    }

    public CapturedStream Output { get; } = new();

    public CapturedStream Error { get; } = new();

    public static string DotNet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "Switchboard.Cli.dll");

    public static ProcessRun Start(params string[] arguments) => new(new(DotNet, [Assembly, .. arguments]));

    /// <summary>Runs a line of shell in which <c>$switchboard</c> is the command.</summary>
    public static ProcessRun StartShell(string line)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", line]);
        start.Environment["switchboard"] = $"{DotNet} {Assembly}";
        return new ProcessRun(start);
    }

    /// <summary>Waits for the end, and for all output.</summary>
    public async Task<int> WaitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        await Task.WhenAll(_output, _error);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal by its name: <c>INT</c>, <c>TERM</c>.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await WaitAsync();
        _process.Dispose();
    }

    private static async Task CopyAsync(Stream from, CapturedStream to)
    {
        await from.CopyToAsync(to);
        to.End();
    }
}
