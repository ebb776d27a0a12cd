using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Switchboard.Cli.Tests.Processes;

/// <summary>A process and what it writes. Disposing it ends it, and what it started.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    // Bit n - 1 stands for signal n.
    private const long InterruptAndHangUp = (1 << (2 - 1)) | (1 << (1 - 1));

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task _output;
    private readonly Task _error;

    private RunningProgram(Process process)
    {
        _process = process;
        _output = CopyAsync(process.StandardOutput.BaseStream, Output);
        _error = CopyAsync(process.StandardError.BaseStream, Error);
    }

    /// <summary>The program that runs the command.</summary>
    public static string DotNet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Where the build left the command.</summary>
    public static string SwitchboardPath { get; } = Path.Combine(AppContext.BaseDirectory, "Switchboard.Cli.dll");

    // Shells start what they run in the background with SIGINT ignored, and every process below inherits that.
    private static bool IgnoresInterrupts { get; } = (ReadIgnored() & InterruptAndHangUp) != 0;

    public int Id => _process.Id;

    public Stream Input => _process.StandardInput.BaseStream;

    public CapturedStream Output { get; } = new();

    public CapturedStream Error { get; } = new();

    public static RunningProgram Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["switchboard"] = $"{DotNet} {SwitchboardPath}";
        return new RunningProgram(Process.Start(start)!);
    }

    /// <summary>The command under test.</summary>
    public static RunningProgram StartSwitchboard(params string[] arguments) => IgnoresInterrupts
        ? Start("env", ["--default-signal=INT,HUP", DotNet, SwitchboardPath, .. arguments])
        : Start(DotNet, [SwitchboardPath, .. arguments]);

    /// <summary>The command with no more than so many descriptors. Needs <c>prlimit</c>.</summary>
    public static RunningProgram StartWithDescriptors(int limit, params string[] arguments) =>
        Start("prlimit", [$"--nofile={limit}", DotNet, SwitchboardPath, .. arguments]);

    /// <summary>A line of shell in which <c>$switchboard</c> is the command.</summary>
    public static RunningProgram StartShell(string line) => Start("/bin/sh", "-c", line);

    public async Task WriteAsync(string text)
    {
        await Input.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        await Input.FlushAsync(TestContext.Current.CancellationToken);
    }

    public void EndInput() => _process.StandardInput.Close();

    /// <summary>Waits for the end of the process and of what it writes.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        await Task.WhenAll(_output, _error).WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Waits until a server that tells in JSON says where it listens.</summary>
    public async Task<Endpoint> EndpointAsync()
    {
        using var json = JsonDocument.Parse(await Output.WaitForLineAsync("\"event\":\"listening\""));
        return Endpoint.Parse(json.RootElement.GetProperty("endpoint").GetString()!);
    }

    /// <summary>Waits until <c>listen</c> says where, and returns the endpoint.</summary>
    public async Task<Endpoint> WaitForListeningAsync()
    {
        const string Start = "Listening at ";
        var line = await Error.WaitForLineAsync(Start);
        return Endpoint.Parse(line[(line.IndexOf(Start, StringComparison.Ordinal) + Start.Length)..]);
    }

    /// <summary>Sends a signal by its name: <c>INT</c>, <c>TERM</c>.</summary>
    public async Task SignalAsync(string name)
    {
        if (name == "KILL")
        {
            // At once: another process takes a while to start, and this one goes on meanwhile.
            _process.Kill();
            return;
        }

        // The shell's own kill: a machine need not have another.
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -s {name} {_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static long ReadIgnored()
    {
        const string Status = "/proc/self/status";
        const string Ignored = "SigIgn:";
        var line = File.Exists(Status)
            ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal))
            : null;
        return line is null
            ? 0
            : long.Parse(line[Ignored.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    private static async Task CopyAsync(Stream from, CapturedStream to)
    {
        await from.CopyToAsync(to);
        to.End();
    }
}
