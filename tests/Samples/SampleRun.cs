using System.Diagnostics;
using System.Text;

namespace Switchboard.Samples;

/// <summary>One run of a sample, as README says to run it.</summary>
internal sealed class SampleRun : IAsyncDisposable
{
    /// <summary>Long, because a sample is compiled first, on a machine that may have much else to do.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private SampleRun(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) => _errors.Append(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>The folder that holds everything.</summary>
    public static string Root { get; } = FindRoot();

    public static SampleRun Start(string sample, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["run", $"samples/{sample}.cs", "--", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return new SampleRun(Process.Start(start)!);
    }

    /// <summary>Runs a sample to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string sample, params string[] arguments)
    {
        await using var run = Start(sample, arguments);
        var output = await run._process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await run._process.WaitForExitAsync().WaitAsync(Patience);
        return (run._process.ExitCode, output + run._errors);
    }

    /// <summary>Connects once the sample listens.</summary>
    public async Task<Connection> ConnectAsync(Endpoint endpoint)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await Connection.ConnectAsync(endpoint);
            }
            catch (ConnectionRefusedException) when (!_process.HasExited && started.Elapsed < Patience)
            {
                // It is still being compiled, or starting.
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    /// <summary>Types a line.</summary>
    public async Task TypeAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>As Ctrl-D does.</summary>
    public void EndTyping() => _process.StandardInput.Close();

    /// <summary>Waits for the end.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Reads lines until one has this in it.</summary>
    public async Task WaitForOutputAsync(string part)
    {
        string? line;
        do
        {
            line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            Assert.True(line is not null, $"It ended without '{part}': {_errors}");
        }
        while (!line.Contains(part, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Switchboard.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
