using System.Net;
using Switchboard.Cli.Conversations;

namespace Switchboard.Cli.Tests.Conversations;

public sealed class DatagramPeersTests
{
    private readonly DatagramPeers _peers = new();

    [Fact]
    public void The_last_one_heard_comes_first_and_nobody_twice()
    {
        _peers.Note(At(1));
        _peers.Note(At(2));
        _peers.Note(At(1));

        Assert.Equal([At(1)], _peers.Last(1));
        Assert.Equal([At(1), At(2)], _peers.Last(10));
        Assert.True(_peers.First.IsCompletedSuccessfully);
    }

    [Fact]
    public void Strangers_do_not_fill_the_memory()
    {
        for (var port = 1; port <= DatagramPeers.MaxPeers + 10; port++)
        {
            _peers.Note(At(port));
        }

        var known = _peers.Last(int.MaxValue);
        Assert.Equal(DatagramPeers.MaxPeers, known.Length);
        Assert.Equal(At(11), known[^1]);
    }

    private static DatagramAddress At(int port) => new(IPAddress.Loopback, port);
}
