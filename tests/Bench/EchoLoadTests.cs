using Switchboard.Bench.Load.Generating;

namespace Switchboard.Bench.Tests;

public sealed class EchoLoadTests
{
    // On a busy machine an echo may take longer than one run.
    private const int MaxRuns = 2_000;

    private static readonly TimeSpan Briefly = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData(1, 32, 1)]
    [InlineData(5, 1024, 16)]
    [InlineData(2, 100_000, 3)]
    public async Task Echoes_of_an_honest_server_are_counted(int connections, int messageBytes, int depth)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The generator speaks to Linux alone.");
        await using var server = await StartAsync((_, _) => { });

        var count = Run(server, new Cell(connections, messageBytes, depth));

        Assert.InRange(count.RoundTrips, 1, long.MaxValue);
        Assert.Equal(count.RoundTrips + (connections * depth), count.Latencies.Count);
    }

    [Fact]
    public async Task An_echo_with_a_wrong_byte_is_no_echo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The generator speaks to Linux alone.");
        await using var server = await StartAsync((bytes, count) => bytes[count - 1]++);

        Assert.Throws<EchoFailedException>(() => Run(server, new Cell(1, 32, 1)));
    }

    private static EchoCount Run(Server server, Cell cell)
    {
        using var load = new EchoLoad(cell, MessageShape.Raw, ByteCheck.EveryByte);
        load.Connect(((TcpEndpoint)server.Local).Port);
        var count = load.Run(Briefly);
        for (var again = 0; count.RoundTrips == 0 && again < MaxRuns; again++)
        {
            count = load.Run(Briefly);
        }

        return count;
    }

    private static async Task<Server> StartAsync(Action<byte[], int> change) =>
        await Server.StartAsync("tcp://127.0.0.1:0", async (connection, stopping) =>
        {
            var buffer = new byte[4096];
            int count;
            while ((count = await connection.ReceiveAsync(buffer, stopping)) > 0)
            {
                change(buffer, count);
                await connection.SendAsync(buffer.AsMemory(0, count), CancellationToken.None);
            }
        });
}
