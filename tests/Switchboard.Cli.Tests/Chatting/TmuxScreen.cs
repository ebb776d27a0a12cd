using System.Diagnostics;
using System.Globalization;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Chatting;

/// <summary>A real terminal, kept by tmux, in which a program runs; its screen can be read.</summary>
internal sealed class TmuxScreen : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _server = $"switchboard-test-{Guid.NewGuid():N}";

    private TmuxScreen()
    {
    }

    /// <summary>Runs a line of shell; <c>$switchboard</c> is the command.</summary>
    public static async Task<TmuxScreen> StartAsync(string shellLine, int columns = 80, int rows = 24)
    {
        var screen = new TmuxScreen();
        await screen.TmuxAsync(
            "-f", "/dev/null", "new-session", "-d", "-x", Text(columns), "-y", Text(rows),
            $"switchboard='{RunningProgram.DotNet} {RunningProgram.SwitchboardPath}'; {shellLine}");
        return screen;
    }

    /// <summary>Types text as it is.</summary>
    public Task TypeAsync(string text) => TmuxAsync("send-keys", "-l", "--", text);

    /// <summary>Presses keys by tmux's names: Enter, C-c, M-1.</summary>
    public Task PressAsync(params string[] keys) => TmuxAsync(["send-keys", "--", .. keys]);

    /// <summary>Pastes as a terminal does.</summary>
    public async Task PasteAsync(string text)
    {
        await TmuxAsync("set-buffer", "--", text);
        await TmuxAsync("paste-buffer", "-p", "-r");
    }

    public Task ResizeAsync(int columns, int rows) =>
        TmuxAsync("resize-window", "-x", Text(columns), "-y", Text(rows));

    /// <summary>Sends a signal to the program that has the terminal.</summary>
    public async Task SignalAsync(string name)
    {
        var shell = (await TmuxAsync("display-message", "-p", "#{pane_pid}")).Trim();
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -s {name} $(ps -o pid= --ppid {shell})"]);
        await kill.WaitForExitAsync();
    }

    public Task<string> ReadAsync() => TmuxAsync("capture-pane", "-p");

    /// <summary>Waits until the screen shows all of this.</summary>
    public async Task<string> WaitForAsync(params string[] parts)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var screen = await ReadAsync();
            if (parts.All(part => screen.Contains(part, StringComparison.Ordinal)))
            {
                return screen;
            }

            Assert.False(patience.IsCancellationRequested, $"Not '{string.Join("', '", parts)}':\n{screen}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync() => await TmuxAsync("kill-server");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<string> TmuxAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("tmux", ["-L", _server, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var tmux = Process.Start(start)!;
        var output = await tmux.StandardOutput.ReadToEndAsync();
        await tmux.WaitForExitAsync();
        return output;
    }
}
