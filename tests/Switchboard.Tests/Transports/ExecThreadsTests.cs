using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports;

/// <summary>Alone, because the threads of the pool are everybody's.</summary>
[Collection(Alone.Name)]
public sealed class ExecThreadsTests
{
    public ExecThreadsTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Uses the programs of Unix.");

    [Fact]
    public async Task Programs_that_say_nothing_cost_no_thread_each()
    {
        const int Programs = 50;
        var before = ThreadPool.ThreadCount;
        var connections = new List<Connection>();
        for (var i = 0; i < Programs; i++)
        {
            connections.Add(await Connection.ConnectAsync("exec:cat"));
        }

        var receiving = connections.Select(each => each.ReceiveAsync(new byte[1]).AsTask()).ToArray();
        var grown = ThreadPool.ThreadCount - before;
        await Task.WhenAll(connections.Select(each => each.SendAsync(new byte[1]).AsTask())).Soon();
        Assert.All(await Task.WhenAll(receiving).Soon(), count => Assert.Equal(1, count));
        await Task.WhenAll(connections.Select(each => each.DisposeAsync().AsTask())).Soon();

        Assert.True(grown < Programs / 2, $"{grown} threads came with {Programs} programs.");
    }
}
