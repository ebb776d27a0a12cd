using System.Runtime.InteropServices;
using System.Text.Json;
using Switchboard.Cli.Running;
using Switchboard.Cli.Tests.Output;

namespace Switchboard.Cli.Tests;

/// <summary>The command, run inside the test's own process.</summary>
internal sealed class CommandRun : IAsyncDisposable
{
    private readonly Interrupts _interrupts = new();
    private readonly TempFolder _empty = new();

    private CommandRun(IReadOnlyList<string> arguments, Func<Surroundings, Surroundings>? change, IOException? broken)
    {
        Output.Broken = broken;
        var surroundings = new Surroundings
        {
            Input = Stream.Null,
            Output = Output,
            Error = Error,
            Interrupts = _interrupts,
            Folder = _empty.Path,
        };
        Exit = RunAsync(arguments, change?.Invoke(surroundings) ?? surroundings);
    }

    public CapturedStream Output { get; } = new();

    public CapturedStream Error { get; } = new();

    /// <summary>Completes with the exit code.</summary>
    public Task<int> Exit { get; }

    public static CommandRun Start(params string[] arguments) => new(arguments, null, null);

    public static CommandRun StartIn(Func<Surroundings, Surroundings> change, params string[] arguments) =>
        new(arguments, change, null);

    public static CommandRun StartWithBrokenOutput(IOException broken, params string[] arguments) =>
        new(arguments, null, broken);

    /// <summary>Runs to the end.</summary>
    public static async Task<CommandRun> RunAsync(params string[] arguments)
    {
        var run = Start(arguments);
        await run.Exit;
        return run;
    }

    /// <summary>As Ctrl-C does.</summary>
    public void Interrupt() => _interrupts.Raise(PosixSignal.SIGINT);

    public void Raise(PosixSignal signal) => _interrupts.Raise(signal);

    /// <summary>Waits for a JSON event on standard output.</summary>
    public async Task<JsonElement> WaitForEventAsync(string name) =>
        JsonDocument.Parse(await Output.WaitForLineAsync($"\"event\":\"{name}\"")).RootElement;

    /// <summary>Waits until a server listens, and tells where.</summary>
    public async Task<Endpoint> WaitForEndpointAsync() =>
        Endpoint.Parse((await WaitForEventAsync("listening")).GetProperty("endpoint").GetString()!);

    /// <summary>Ends the command in order, then at once.</summary>
    public async ValueTask DisposeAsync()
    {
        Interrupt();
        Interrupt();
        await Exit;
        _interrupts.Dispose();
        _empty.Dispose();
    }

    private async Task<int> RunAsync(IReadOnlyList<string> arguments, Surroundings surroundings)
    {
        var exit = await Runner.RunAsync(arguments, surroundings);
        Output.End();
        Error.End();
        if (arguments.Contains("--json") && Output.Broken is null)
        {
            Assert.All(Output.Lines, EventTable.Check);
        }

        return exit;
    }
}
