using System.Diagnostics;
using System.Text;

namespace Bank.Tests.Killing;

/// <summary>A process that is killed with SIGKILL, and started again.</summary>
internal sealed class Victim(string name, Func<ProcessStartInfo> how) : IAsyncDisposable
{
    private readonly StringBuilder _said = new();
    private Process? _process;

    public string Name => name;

    public int Kills { get; private set; }

    public int Id => _process!.Id;

    public bool HasExited => _process!.HasExited;

    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    public static string DotNet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public void Start()
    {
        var start = how();
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public async Task KillAsync()
    {
        Kills++;
        await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await EndAsync();
        }
    }

    private async Task EndAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }
    }
}
