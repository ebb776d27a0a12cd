using System.Net;
using System.Net.Sockets;
using Switchboard.Board.Kernel;
using Switchboard.Cli.Holders;
using Switchboard.Tests;
using Switchboard.Tests.Connections;

namespace Switchboard.Cli.Tests.Holders;

public sealed class HolderSearchTests
{
    public HolderSearchTests() =>
        Assert.SkipUnless(HolderSearch.IsAvailable, "The kernel's lists are files on Linux only.");

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task This_process_holds_the_port_that_it_listens_at(string address)
    {
        using var socket = ListenAtUnusedPort(IPAddress.Parse(address));
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;

        var holder = Assert.Single(await FindAsync(port, static found => found is [{ Processes.Count: 1 }]));

        Assert.Equal(SocketState.Listen, holder.State);
        Assert.Equal(TcpEndpoint.From((IPEndPoint)socket.LocalEndPoint), holder.Local);
        Assert.Equal(Environment.UserName, holder.User);
        Assert.Equal(Environment.ProcessId, Assert.Single(holder.Processes).Id);
    }

    [Fact]
    public async Task A_connection_that_was_not_accepted_has_no_process()
    {
        using var socket = ListenAtUnusedPort(IPAddress.Loopback);
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        using var client = new TcpClient("127.0.0.1", port);

        // The client is connected a moment before the kernel has the server's end.
        var holders = await FindAsync(port, static found => found is [_, { State: SocketState.Established }]);

        Assert.Equal([SocketState.Listen, SocketState.Established], holders.Select(holder => holder.State));
        Assert.Equal(0, holders[1].Inode);
        Assert.Equal(TcpEndpoint.From((IPEndPoint)client.Client.LocalEndPoint!), holders[1].Remote);
    }

    [Fact]
    public async Task A_port_that_is_only_remembered_is_in_TIME_WAIT()
    {
        int port;
        using (var socket = ListenAtUnusedPort(IPAddress.Loopback))
        {
            port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            using var client = new TcpClient("127.0.0.1", port);

            // Who closes first is left in TIME_WAIT, once the other has closed too.
            var accepted = await socket.AcceptAsync();
            accepted.Shutdown(SocketShutdown.Send);
            Assert.Equal(0, client.Client.Receive(new byte[1]));
            client.Client.Shutdown(SocketShutdown.Send);
            Assert.Equal(0, accepted.Receive(new byte[1]));
            accepted.Dispose();
        }

        var holder = Assert.Single(await FindAsync(port, static found => found.Count == 1));

        Assert.Equal(SocketState.TimeWait, holder.State);
        Assert.Empty(holder.Processes);
        Assert.False(holder.IsHidden);
    }

    [Fact]
    public async Task Nobody_holds_a_port_that_was_given_back()
    {
        int port;
        using (var socket = ListenAtUnusedPort(IPAddress.Loopback))
        {
            port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            Assert.Single(HolderSearch.Find(new PortQuery(port, Addresses: null)));
        }

        Assert.Empty(await FindAsync(port, static found => found.Count == 0));
    }

    [Fact]
    public async Task This_process_holds_the_path_that_it_listens_at()
    {
        var folder = Directory.CreateTempSubdirectory("switchboard-");
        try
        {
            var path = Path.Combine(folder.FullName, "a b.sock");
            using var socket = ListenAt(new UnixDomainSocketEndPoint(path));

            var holder = Assert.Single(await FindAsync(
                () => HolderSearch.Find(new UnixEndpoint(path)), static found => found is [{ Processes.Count: 1 }]));

            Assert.Equal(SocketState.Listen, holder.State);
            Assert.Equal(Environment.ProcessId, Assert.Single(holder.Processes).Id);
            Assert.Empty(HolderSearch.Find(new UnixEndpoint(path + "2")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<IReadOnlyList<Holder>> FindAsync(int port, Predicate<IReadOnlyList<Holder>> isSettled) =>
        FindAsync(() => HolderSearch.Find(new PortQuery(port, Addresses: null)), isSettled);

    /// <summary>
    /// Looks until it is as it has to be. A process that another test starts meanwhile has all sockets of this one, and
    /// keeps them open, until its own program begins.
    /// </summary>
    private static async Task<IReadOnlyList<Holder>> FindAsync(
        Func<IReadOnlyList<Holder>> find, Predicate<IReadOnlyList<Holder>> isSettled)
    {
        IReadOnlyList<Holder> found = [];
        await Waiting.UntilAsync(() => isSettled(found = find()));
        return found;
    }

    /// <summary>A port that nobody else is given; the kernel may still remember connections of a run before.</summary>
    private static Socket ListenAtUnusedPort(IPAddress address)
    {
        while (true)
        {
            var port = FreePort.Next();
            var socket = ListenAt(new IPEndPoint(address, port));
            if (HolderSearch.Find(new PortQuery(port, Addresses: null)).Count == 1)
            {
                return socket;
            }

            socket.Dispose();
        }
    }

    private static Socket ListenAt(EndPoint address)
    {
        var protocol = address.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, protocol);
        socket.Bind(address);
        socket.Listen();
        return socket;
    }
}
