using System.Diagnostics;
using Switchboard.Board.Kernel;
using Switchboard.Cli.Tests.Processes;
using Switchboard.Tests.Connections;

namespace Switchboard.Board.Tests.Lab;

/// <summary>A program that a learner runs beside the page, in a terminal that the test has.</summary>
internal sealed class OwnProgram : IDisposable
{
    private readonly Process _process;

    private OwnProgram(Process process) => _process = process;

    /// <summary>Starts a server, and waits until it listens at the port that it was told.</summary>
    public static async Task<OwnProgram> StartServerAsync(int port, string program, params string[] arguments)
    {
        Programs.Require(program);
        var started = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var own = new OwnProgram(started);
        try
        {
            await Waiting.UntilAsync(() => ListensAt(port));
            return own;
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    public async Task TypeAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text).Soon();
        await _process.StandardInput.FlushAsync().Soon();
    }

    /// <summary>What it prints next, so many characters of it.</summary>
    public async Task<string> ReadAsync(int characters)
    {
        var read = new char[characters];
        var count = await _process.StandardOutput.ReadBlockAsync(read).Soon();
        return new string(read, 0, count);
    }

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().Soon();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    // A connection would be the one that a server of one connection waits for: so the kernel is asked.
    private static bool ListensAt(int port)
    {
        using var dump = new SocketDump();
        var rows = new List<SocketRow>();
        dump.AddAll(SocketDump.AllStates, SocketDetail.None, rows);
        return rows.Any(row => row.State == SocketState.Listen && row.Local.Port == port);
    }
}
