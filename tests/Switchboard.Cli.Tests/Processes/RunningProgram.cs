using System.Diagnostics;
using System.Text;

namespace Switchboard.Cli.Tests.Processes;

/// <summary>A process and what it writes. Disposing it ends it, and what it started.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _errorSoFar = new();
    private readonly List<TaskCompletionSource> _awaitingError = [];
    private readonly Lock _lock = new();
    private readonly List<byte> _outputSoFar = [];
    private readonly SemaphoreSlim _moreOutput = new(0);

    private RunningProgram(Process process)
    {
        _process = process;
        Output = ReadOutputAsync();
        Error = ReadErrorAsync();
    }

    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Everything on standard output, once that has been closed.</summary>
    public Task<byte[]> Output { get; }

    /// <summary>Everything on standard error, once that has been closed.</summary>
    public Task<string> Error { get; }

    public int Id => _process.Id;

    public static RunningProgram Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        return new RunningProgram(Process.Start(start)!);
    }

    /// <summary>The command under test.</summary>
    public static RunningProgram StartSwitchboard(params string[] arguments) =>
        Start("dotnet", [SwitchboardPath, .. arguments]);

    /// <summary>Where the build left the command.</summary>
    public static string SwitchboardPath { get; } = Path.Combine(AppContext.BaseDirectory, "Switchboard.Cli.dll");

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
        await Task.WhenAll(Output, Error).WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Waits for standard error to hold a text, and returns what it holds by then.</summary>
    public async Task<string> WaitForErrorAsync(string text)
    {
        while (true)
        {
            Task more;
            lock (_lock)
            {
                var soFar = _errorSoFar.ToString();
                if (soFar.Contains(text, StringComparison.Ordinal))
                {
                    return soFar;
                }

                Assert.False(Error.IsCompleted, $"Standard error ended without '{text}': {soFar}");
                var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _awaitingError.Add(source);
                more = source.Task;
            }

            await more.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits for standard output to hold some texts, in any order. One waiter at a time.</summary>
    public async Task WaitForOutputAsync(params string[] texts)
    {
        while (!texts.All(text => OutputSoFar().Contains(text, StringComparison.Ordinal)))
        {
            Assert.True(await _moreOutput.WaitAsync(Patience, TestContext.Current.CancellationToken), OutputSoFar());
        }
    }

    /// <summary>Waits until <c>listen</c> says where, and returns the endpoint.</summary>
    public async Task<Endpoint> WaitForListeningAsync()
    {
        const string Start = "Listening at ";
        var error = await WaitForErrorAsync(Start);
        var begin = error.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var end = error.IndexOf('\n', begin);
        return Endpoint.Parse(error[begin..end]);
    }

    public void Signal(string name) => Process.Start("kill", [$"-{name}", $"{_process.Id}"]).WaitForExit();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _moreOutput.Dispose();
    }

    private string OutputSoFar()
    {
        lock (_lock)
        {
            return Encoding.UTF8.GetString([.. _outputSoFar]);
        }
    }

    private async Task<byte[]> ReadOutputAsync()
    {
        await Task.Yield();
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await _process.StandardOutput.BaseStream.ReadAsync(buffer)) > 0)
        {
            lock (_lock)
            {
                _outputSoFar.AddRange(buffer.AsSpan(0, count));
            }

            _moreOutput.Release();
        }

        return [.. _outputSoFar];
    }

    private async Task<string> ReadErrorAsync()
    {
        await Task.Yield();
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            Note(line + "\n");
        }

        Note("");
        return _errorSoFar.ToString();
    }

    private void Note(string text)
    {
        lock (_lock)
        {
            _errorSoFar.Append(text);
            foreach (var waiting in _awaitingError)
            {
                waiting.TrySetResult();
            }

            _awaitingError.Clear();
        }
    }
}
