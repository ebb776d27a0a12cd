using System.Net;
using System.Net.Sockets;
using Switchboard.Board.Kernel;
using Switchboard.Tests.Connections;

namespace Switchboard.Board.Tests.Kernel;

/// <summary>What the kernel says of sockets whose state is known here.</summary>
public sealed class SocketDumpTests : IDisposable
{
    private readonly SocketDump _dump;

    public SocketDumpTests()
    {
        Assert.SkipUnless(SocketDump.IsAvailable, "Only Linux has sock_diag.");
        _dump = new SocketDump();
    }

    public void Dispose() => _dump.Dispose();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Both_ends_of_a_connection_are_found_with_their_queues(string address)
    {
        using var pair = LoopbackPair.Open(IPAddress.Parse(address));
        pair.Near.Send(new byte[1234]);
        await Waiting.UntilAsync(() => pair.Far.Available == 1234);

        var near = Find(pair.Near);
        var far = Find(pair.Far);

        Assert.Equal(SocketState.Established, near.State);
        Assert.Equal(1234u, far.Unread);
        Assert.Equal(0u, near.Unread);
        Assert.Equal(1234, far.Flow!.BytesReceived);
        Assert.NotEqual(0u, near.Inode);
        Assert.NotNull(near.BufferBytes);
        Assert.NotNull(near.Flow!.Congestion);
        Assert.True(near.Flow.SegmentBytes > 0);
    }

    [Fact]
    public async Task The_queues_of_an_own_socket_are_told_by_itself()
    {
        using var pair = LoopbackPair.Open(IPAddress.Loopback);
        pair.Near.Send(new byte[77]);
        await Waiting.UntilAsync(() => pair.Far.Available == 77);

        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(new SocketQueues(77, 0, 0), SocketQueues.Read(pair.Far.SafeHandle));
        }
    }

    [Fact]
    public async Task An_end_that_waits_counts_as_no_byte()
    {
        using var pair = LoopbackPair.Open(IPAddress.Loopback);
        pair.Near.Send(new byte[5]);
        pair.Near.Shutdown(SocketShutdown.Send);

        await Waiting.UntilAsync(() => Find(pair.Far).State == SocketState.CloseWait);

        Assert.Equal(5u, Find(pair.Far).Unread);
    }

    [Fact]
    public async Task A_listener_tells_who_waits_and_how_many_may()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(7);
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(listener.LocalEndPoint!);

        // Connected is who has the answer; the listener has somebody when the answer to that has come.
        await Waiting.UntilAsync(() => listener.Poll(TimeSpan.Zero, SelectMode.SelectRead));

        var rows = new List<SocketRow>();
        _dump.AddAll(SocketDump.Only(SocketState.Listen), SocketDetail.Memory, rows);
        var row = Assert.Single(rows, row => row.Local == AddressOf(listener.LocalEndPoint!));

        Assert.Equal((1u, 7u), (row.Unread, row.Waiting));
        Assert.Equal(0u, row.Drops);
    }

    [Fact]
    public void One_that_is_gone_is_not_found()
    {
        SocketRow row;
        using (var pair = LoopbackPair.Open(IPAddress.Loopback))
        {
            row = Find(pair.Near);
            pair.Near.Close(timeout: 0);
        }

        Assert.Null(_dump.Find(row, SocketDetail.None));
    }

    private static KernelAddress AddressOf(EndPoint endpoint)
    {
        var ip = (IPEndPoint)endpoint;
        return KernelAddress.Of(ip.Address, ip.Port);
    }

    private SocketRow Find(Socket socket)
    {
        var rows = new List<SocketRow>();
        _dump.AddAll(SocketDump.AllStates, SocketDetail.None, rows);
        var row = Assert.Single(rows, row => row.Local == AddressOf(socket.LocalEndPoint!)
            && row.Remote == AddressOf(socket.RemoteEndPoint!));
        var found = _dump.Find(row, SocketDetail.Everything);
        Assert.NotNull(found);
        return found.Value;
    }
}
