using Switchboard.Cli.Output;
using Switchboard.Cli.Running;
using Switchboard.Cli.Serving;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Serving;

public sealed class LiveEventsTests : IDisposable
{
    private readonly CapturedStream _output = new();
    private readonly CapturedStream _error = new();
    private readonly Interrupts _interrupts = new();

    public void Dispose()
    {
        _interrupts.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData(EventFormat.Text, " blocks: it runs beside the others now")]
    [InlineData(EventFormat.Json, "\"event\":\"handler-stalled\"")]
    public async Task A_handler_that_blocks_is_told_of_once(object format, string said)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "No engine of this system has loops.");
        using var log = LogOf((EventFormat)format);
        using var released = new ManualResetEventSlim();
        await using var server = await Server.StartAsync("tcp://127.0.0.1:0", Block, OptionsFor(log));
        await using var connection = await Peer.ConnectAsync(server.Local);
        var told = (EventFormat)format == EventFormat.Json ? _output : _error;

        var line = await told.WaitForLineAsync("echo", said);
        released.Set();
        await server.StopAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Contains((EventFormat)format == EventFormat.Json ? "\"connection\":" : "echo #", line);
        Assert.Single(told.Lines, each => each.Contains(said, StringComparison.Ordinal));

        Task Block(Connection served, CancellationToken stopping)
        {
            released.Wait(Deadline.Soon);
            return Task.CompletedTask;
        }
    }

    private static ServerOptions OptionsFor(EventLog log) => new()
    {
        Listen = new ListenOptions { Engine = Engine.Epoll },
        Observer = new LiveEvents("echo", log),
    };

    private EventLog LogOf(EventFormat format)
    {
        var world = new Surroundings
        {
            Input = Stream.Null,
            Output = _output,
            Error = _error,
            Interrupts = _interrupts,
        };
        return new EventLog(world, format, Palette.Plain);
    }
}
