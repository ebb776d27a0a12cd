namespace Switchboard.Cli.Tests.Processes;

/// <summary>Two processes that share memory, and one of them is killed at any moment.</summary>
public sealed class SharedMemoryProcessTests : IAsyncLifetime
{
    private const int Kills = 5;
    private const int Connections = 3;
    private const int MostBytesBeforeKill = 4 * 1024 * 1024;

    private static readonly TimeSpan SoonEnough = TimeSpan.FromSeconds(1);

    private readonly string _name = $"shm:test-{Environment.ProcessId}-{Guid.NewGuid():N}";

    public SharedMemoryProcessTests() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Shared memory works on Linux only.");

    public ValueTask InitializeAsync() => default;

    /// <summary>Listening removes the socket of a server that was killed, and stopping to listen its own.</summary>
    public async ValueTask DisposeAsync()
    {
        if (OperatingSystem.IsLinux())
        {
            await (await Listener.BindAsync(_name)).DisposeAsync();
        }
    }

    [Fact]
    public async Task Verbs_talk_through_shared_memory_as_through_any_endpoint()
    {
        await using var server = RunningProgram.StartSwitchboard("serve", "echo", _name, "--json");
        Assert.Equal(_name, $"{await server.EndpointAsync()}");
        await using var client = RunningProgram.StartShell($"printf hello | $switchboard connect {_name}");

        Assert.Equal(0, await client.ExitAsync());
        Assert.Equal("hello", client.Output.Text);
        await using var second = RunningProgram.StartSwitchboard("serve", "echo", _name);
        Assert.Equal(3, await second.ExitAsync());
        Assert.Contains("the name is in use", second.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_learns_at_once_that_its_server_was_killed_and_the_next_one_can_begin()
    {
        var chance = new Random(PrintedSeed());
        var fastest = TimeSpan.MaxValue;
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var server = RunningProgram.StartSwitchboard("serve", "echo", _name, "--json");
            await server.EndpointAsync();
            var loads = new List<Task<Exception>>();
            var enough = new TaskCompletionSource();
            for (var number = 0; number < Connections; number++)
            {
                var connection = await Connection.ConnectAsync(_name);
                loads.Add(LoadAsync(connection, chance.Next(MostBytesBeforeKill), enough));
            }

            await enough.Task.WaitAsync(Deadline.Soon);
            await server.SignalAsync("KILL");
            await server.ExitAsync();
            var killed = TimeProvider.System.GetTimestamp();

            foreach (var load in loads)
            {
                Assert.IsType<ConnectionResetException>(await load.WaitAsync(Deadline.Soon));
            }

            var took = TimeProvider.System.GetElapsedTime(killed);
            fastest = took < fastest ? took : fastest;
        }

        Assert.True(fastest < SoonEnough, $"{fastest}");
        await using var next = await Listener.BindAsync(_name);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_server_learns_at_once_that_its_client_was_killed_and_serves_on()
    {
        var chance = new Random(PrintedSeed());
        var fastest = TimeSpan.MaxValue;
        await using var listener = await Listener.BindAsync(_name);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var client = RunningProgram.StartShell(
                $"exec $switchboard connect {_name} < /dev/zero > /dev/null");
            var connection = await listener.AcceptAsync(Deadline.Soon);
            var enough = new TaskCompletionSource();
            var load = LoadAsync(connection, chance.Next(MostBytesBeforeKill), enough);

            await enough.Task.WaitAsync(Deadline.Soon);
            await client.SignalAsync("KILL");
            await client.ExitAsync();
            var killed = TimeProvider.System.GetTimestamp();

            Assert.IsType<ConnectionResetException>(await load.WaitAsync(Deadline.Soon));
            var took = TimeProvider.System.GetElapsedTime(killed);
            fastest = took < fastest ? took : fastest;
        }

        Assert.True(fastest < SoonEnough, $"{fastest}");
        AssertNothingIsLeft();
    }

    private static int PrintedSeed()
    {
        var seed = Environment.GetEnvironmentVariable("SWITCHBOARD_SEED") is { } wanted
            ? int.Parse(wanted, System.Globalization.CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"SWITCHBOARD_SEED={seed}");
        return seed;
    }

    /// <summary>Sends and receives without end; tells when enough has come, and how the connection ended.</summary>
    private static async Task<Exception> LoadAsync(Connection connection, int enoughBytes, TaskCompletionSource enough)
    {
        var sending = SendForEverAsync(connection);
        var buffer = new byte[10_000];
        try
        {
            for (var received = 0L; ;)
            {
                var count = await connection.ReceiveAsync(buffer, Deadline.Soon);
                received += count > 0 ? count : throw new EndOfStreamException("It looks like a proper end.");
                if (received >= enoughBytes)
                {
                    enough.TrySetResult();
                }
            }
        }
        catch (IOException error)
        {
            Assert.IsType<ConnectionException>(await sending, exactMatch: false);
            connection.Abort();
            return error;
        }
    }

    private static async Task<Exception?> SendForEverAsync(Connection connection)
    {
        var bytes = new byte[30_000];
        return await Record.ExceptionAsync(async () =>
        {
            while (true)
            {
                await connection.SendAsync(bytes, Deadline.Soon);
            }
        });
    }

    private static void AssertNothingIsLeft()
    {
        var mine = File.ReadLines("/proc/self/maps").Where(line => line.Contains("memfd:switchboard"));
        Assert.Empty(mine);
        Assert.Empty(Directory.EnumerateFiles("/dev/shm", "*switchboard*"));
    }
}
