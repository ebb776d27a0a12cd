using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Switchboard.Engines.Epoll;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines.Epoll;

public sealed class EpollWireTests : IDisposable
{
    private const int Rounds = 20;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("epoll-wire-");
    private readonly ScriptedFaults _faults = new();
    private readonly EpollEngine _engine;

    public EpollWireTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no epoll here.");
        _engine = new EpollEngine(new EngineOptions { Loops = 1 }, _faults);
    }

    [Fact]
    public async Task Invariant_8_whoever_got_less_than_it_asked_for_waits_without_a_second_call()
    {
        var calls = 0;
        _faults.Failing = asker => asker is ReceiveOperation ? Interlocked.Increment(ref calls) * 0 : 0;
        var (wire, peer) = await ConnectAsync();
        var buffer = new byte[100];
        var first = wire.ReceiveAsync(buffer, CancellationToken.None).AsTask();
        Assert.False(first.IsCompleted);

        await peer.SendAsync(new byte[10]);
        Assert.Equal(10, await first.Soon());
        var before = Volatile.Read(ref calls);
        var second = wire.ReceiveAsync(buffer, CancellationToken.None).AsTask();

        Assert.Equal(before, Volatile.Read(ref calls));
        await peer.SendAsync(new byte[20]);
        Assert.Equal(20, await second.Soon());
        peer.Dispose();
    }

    [Fact]
    public async Task An_end_that_comes_at_once_with_the_last_bytes_is_seen_behind_them()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (wire, peer) = await ConnectAsync();
            var buffer = new byte[100];
            var first = round % 2 == 0 ? wire.ReceiveAsync(buffer, CancellationToken.None).AsTask() : null;
            await peer.SendAsync(new byte[10]);
            peer.Shutdown(SocketShutdown.Send);
            await RoundTripOfTheLoopAsync(wire);

            Assert.Equal(10, await (first ?? wire.ReceiveAsync(buffer, CancellationToken.None).AsTask()).Soon());
            Assert.Equal(0, await wire.ReceiveAsync(buffer, CancellationToken.None).Soon());
            wire.Abort();
            peer.Dispose();
        }
    }

    [Fact]
    public async Task Invariant_9_the_descriptor_is_not_closed_while_somebody_is_in_a_call()
    {
        var (wire, peer) = await ConnectAsync();
        var path = $"/proc/self/fd/{wire.Key.Descriptor}";
        var target = new FileInfo(path).LinkTarget;
        var wasOpen = false;
        _faults.Failing = _ =>
        {
            wire.Abort();
            wasOpen = new FileInfo(path).LinkTarget == target;
            return 0;
        };

        await peer.SendAsync(new byte[1]);
        await Record.ExceptionAsync(() => wire.ReceiveAsync(new byte[1], CancellationToken.None).Soon());

        // By now it is nobody's, or that of another test, which may close it at any moment.
        Assert.True(wasOpen);
        Assert.NotNull(target);
        Assert.NotEqual(target, new FileInfo(path).LinkTarget);
        peer.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_stall_is_told_once_even_if_it_came_before_anybody_wanted_to_know(int stallsBefore)
    {
        var (wire, peer) = await ConnectAsync();
        await using var connection = new Connection(wire);
        var told = 0;
        for (var i = 0; i < stallsBefore; i++)
        {
            wire.NoteStall();
        }

        connection.WhenStalled(_ => Interlocked.Increment(ref told));
        wire.NoteStall();
        wire.NoteStall();

        await Waiting.UntilAsync(() => Volatile.Read(ref told) > 0);
        await RoundTripOfTheLoopAsync(wire);
        Assert.Equal(1, Volatile.Read(ref told));
        connection.Abort();
        peer.Dispose();
    }

    [Fact]
    public async Task What_a_signal_interrupts_is_tried_again()
    {
        var interruptions = 3;
        _faults.Failing = _ => Interlocked.Decrement(ref interruptions) >= 0 ? Errno.Interrupted : 0;
        var (wire, peer) = await ConnectAsync();
        Assert.Equal(10, await wire.SendAsync(new byte[10], CancellationToken.None).Soon());

        Interlocked.Exchange(ref interruptions, 3);
        await peer.SendAsync(new byte[10]);

        Assert.Equal(10, await wire.ReceiveAsync(new byte[10], CancellationToken.None).Soon());
        peer.Dispose();
    }

    [Theory]
    [InlineData(Errno.NoBuffers)]
    [InlineData(Errno.OutOfMemory)]
    public async Task A_send_that_meets_no_memory_goes_on_when_there_is_some_again(int errno)
    {
        var (wire, peer) = await ConnectAsync();
        var tries = 0;
        var shortage = errno;
        _faults.Failing = asker => asker is SendOperation && Interlocked.Increment(ref tries) > 0
            ? Volatile.Read(ref shortage)
            : 0;

        var sending = wire.SendAsync(new byte[10], CancellationToken.None).AsTask();
        await Waiting.UntilAsync(() => Volatile.Read(ref tries) > 3);
        Assert.False(sending.IsCompleted);
        GC.Collect();
        Volatile.Write(ref shortage, 0);

        Assert.Equal(10, await sending.Soon());
        peer.Dispose();
    }

    [Theory]
    [InlineData(Errno.TooManyInProcess)]
    [InlineData(Errno.TooManyInSystem)]
    [InlineData(Errno.NoBuffers)]
    [InlineData(Errno.OutOfMemory)]
    public async Task An_accept_that_meets_a_shortage_says_so_and_the_next_has_the_peer(int errno)
    {
        var listener = _engine.Bind(new IPEndPoint(IPAddress.Loopback, 0), backlog: 5);
        var shortages = 1;
        _faults.Failing = asker => asker is AcceptOperation && Interlocked.Decrement(ref shortages) >= 0 ? errno : 0;

        var error = await Assert.ThrowsAsync<AcceptException>(
            async () => await listener.AcceptAsync(CancellationToken.None).Soon());
        Assert.Equal(AcceptFailure.OutOfResources, error.Failure);

        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(IPAddress.Loopback, ((TcpEndpoint)listener.Local).Port);
        (await listener.AcceptAsync(CancellationToken.None).Soon()).Abort();
    }

    [Fact]
    public async Task Bytes_behind_an_urgent_one_are_not_stranded()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (wire, peer) = await ConnectAsync();
            var receiving = round % 2 == 0 ? ReceiveAsync(wire, 9) : null;
            await peer.SendAsync("abc"u8.ToArray());
            await peer.SendAsync("!"u8.ToArray(), SocketFlags.OutOfBand);
            await peer.SendAsync("defghi"u8.ToArray());

            Assert.Equal("abcdefghi"u8.ToArray(), await (receiving ?? ReceiveAsync(wire, 9)));
            wire.Abort();
            peer.Dispose();
        }
    }

    [Fact]
    public async Task Bytes_behind_descriptors_that_were_sent_along_are_not_stranded()
    {
        const string Script = """
            import socket, sys
            peer = socket.socket(socket.AF_UNIX)
            peer.connect(sys.argv[1])
            for _ in range(20):
                peer.sendall(b"abc")
                socket.send_fds(peer, [b"def"], [0, 1])
                peer.sendall(b"ghi")
            sys.stdin.read()
            """;
        Programs.Require("python3");
        var path = Path.Combine(_directory.FullName, "a.sock");
        var listener = _engine.Bind(new UnixDomainSocketEndPoint(path), backlog: 5);
        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", Script, path])
        {
            RedirectStandardInput = true,
        })!;
        var wire = await listener.AcceptAsync(CancellationToken.None).Soon();

        var expected = Enumerable.Repeat("abcdefghi"u8.ToArray(), Rounds).SelectMany(bytes => bytes);
        Assert.Equal(expected, await ReceiveAsync(wire, 9 * Rounds));

        python.StandardInput.Close();
        Assert.Equal(0, await wire.ReceiveAsync(new byte[1], CancellationToken.None).Soon());
        await python.WaitForExitAsync().Soon();
        Assert.Equal(0, python.ExitCode);
    }

    public void Dispose()
    {
        _engine?.Stop();
        _directory.Delete(recursive: true);
    }

    private async Task<(EpollWire Wire, Socket Peer)> ConnectAsync()
    {
        var listener = _engine.Bind(new IPEndPoint(IPAddress.Loopback, 0), backlog: 5);
        var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await peer.ConnectAsync(IPAddress.Loopback, ((TcpEndpoint)listener.Local).Port);
        var wire = (EpollWire)await listener.AcceptAsync(CancellationToken.None).Soon();
        listener.Close();
        return (wire, peer);
    }

    /// <summary>A buffer with room for more, so that each receive gets less than it asked for.</summary>
    private static async Task<byte[]> ReceiveAsync(Wire wire, int count)
    {
        var received = new List<byte>();
        var buffer = new byte[100];
        while (received.Count < count)
        {
            var got = await wire.ReceiveAsync(buffer, CancellationToken.None).Soon();
            Assert.NotEqual(0, got);
            received.AddRange(buffer[..got]);
        }

        return [.. received];
    }

    private static Task RoundTripOfTheLoopAsync(EpollWire wire)
    {
        var ran = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        wire.Loop.Post(new Work(ran.SetResult), source: null);
        return ran.Task.Soon();
    }
}
