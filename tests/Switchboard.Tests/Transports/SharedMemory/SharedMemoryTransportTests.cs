using System.Runtime.Versioning;
using System.Text;
using Switchboard.Testing;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Engines;
using Switchboard.Transports.SharedMemory;

namespace Switchboard.Tests.Transports.SharedMemory;

[SupportedOSPlatform("linux")]
public sealed class SharedMemoryTransportTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("shm-");
    private readonly SharedMemoryEndpoint _endpoint = new(HostilePeer.NewName());

    public SharedMemoryTransportTests() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Shared memory works on Linux only.");

    public static TheoryData<string> Engines => [.. TestEngines.WithoutFaults];

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Strangers_that_say_nothing_or_nonsense_disturb_nobody(string engine)
    {
        var asks = TestEngines.Of(engine);
        await using var listener = await Listener.BindAsync(_endpoint, new ListenOptions { Engine = asks });
        var silent = await HostilePeer.SocketAsync(asks, _endpoint);
        var talkative = await HostilePeer.SocketAsync(asks, _endpoint);
        await talkative.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), CancellationToken.None);

        await using var client = await Connection.ConnectAsync(_endpoint, new ConnectOptions { Engine = asks }).Soon();
        var server = await listener.AcceptAsync().Soon();
        await client.SendAsync("hello"u8.ToArray());
        var hello = new byte[5];
        await server.ReceiveExactlyAsync(hello).Soon();

        Assert.Equal("hello", Encoding.ASCII.GetString(hello));
        await AssertSentAwayAsync(talkative);
        server.Abort();
        silent.Abort();
        talkative.Abort();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_peer_that_does_not_greet_within_5_seconds_is_sent_away(string engine)
    {
        var clock = new ManualClock();
        var asks = TestEngines.Of(engine);
        await using var listener = await Listener.BindAsync(
            _endpoint,
            new ListenOptions { Engine = asks, Connection = new ConnectionOptions { TimeProvider = clock } });
        var silent = await HostilePeer.SocketAsync(asks, _endpoint);
        await clock.WaitForTimersAsync(1).Soon();

        clock.Advance(TimeSpan.FromSeconds(5));

        await AssertSentAwayAsync(silent);
        silent.Abort();
    }

    [Fact]
    public async Task A_client_of_another_version_is_told_so()
    {
        await using var listener = await Listener.BindAsync(_endpoint);
        var socket = await HostilePeer.SocketAsync(Engine.Default, _endpoint);
        await socket.SendAsync(new Greeting(Greeting.Spoken + 1, 4096).ToBytes(), CancellationToken.None);

        var answer = new byte[Answer.Length];
        Assert.Equal(Answer.Length, await socket.ReceiveAsync(answer, CancellationToken.None).Soon());

        Assert.Equal(Answer.No(Verdict.OtherVersion), Answer.Read(answer));
        socket.Abort();
    }

    [Theory]
    [InlineData(2, (int)Verdict.OtherVersion, "the server speaks version 2 of shared memory and this program 1")]
    [InlineData(1, (int)Verdict.OtherUser, "it belongs to another user")]
    [InlineData(1, (int)Verdict.NoMemory, "the server can make no memory for another connection")]
    [InlineData(1, 77, "the server's answer makes no sense")]
    public async Task A_server_that_refuses_says_why(int version, int verdict, string said)
    {
        await using var server = await AnsweringAsync(new Answer(version, (Verdict)verdict, 0, 0).ToBytes());

        var error = await Assert.ThrowsAnyAsync<ConnectionException>(() => Connection.ConnectAsync(_endpoint).Soon());

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(8192)]
    public async Task A_server_whose_memory_is_none_is_refused(int bufferBytes)
    {
        // Descriptor 0 of this process is no sealed memory.
        await using var server = await AnsweringAsync(
            new Answer(Greeting.Spoken, Verdict.Welcome, bufferBytes, 0).ToBytes());

        var error = await Assert.ThrowsAsync<ConnectionException>(() => Connection.ConnectAsync(_endpoint).Soon());

        Assert.Contains("the server's memory cannot be had", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_of_something_else_is_refused()
    {
        await using var server = await AnsweringAsync(new byte[Answer.Length]);

        var error = await Assert.ThrowsAsync<ProtocolBrokenException>(
            () => Connection.ConnectAsync(_endpoint).Soon());

        Assert.Contains("no server of shared memory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_in_time()
    {
        var clock = new ManualClock();
        await using var listener = await Listener.BindAsync(SocketOf(_endpoint));
        var connecting = Connection.ConnectAsync(
            _endpoint,
            new ConnectOptions { Connection = new ConnectionOptions { TimeProvider = clock } });
        await clock.WaitForTimersAsync(1).Soon();

        clock.Advance(TimeSpan.FromSeconds(5));

        var error = await Assert.ThrowsAsync<ConnectionTimeoutException>(() => connecting.Soon());
        Assert.Equal(TimeoutPhase.Connect, error.Phase);
    }

    [Fact]
    public async Task Another_users_process_is_let_in_by_neither_end()
    {
        var (client, server) = MemoryPair(new PeerCredentials(1, 54321, 54321));
        var answering = Handshake.AnswerAsync(server, 4096, CancellationToken.None).AsTask();

        await client.SendAsync(new Greeting(Greeting.Spoken, 4096).ToBytes(), CancellationToken.None);

        Assert.Null(await answering.Soon());
        var answer = new byte[Answer.Length];
        await client.ReceiveAsync(answer, CancellationToken.None).Soon();
        Assert.Equal(Verdict.OtherUser, Answer.Read(answer)?.Verdict);
        var error = await Assert.ThrowsAsync<ConnectionException>(
            () => Handshake.GreetAsync(server, _endpoint, 4096, CancellationToken.None).AsTask().Soon());
        Assert.Contains("another user listens there", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_this_user_can_reach_the_socket_and_nothing_is_left_of_it()
    {
        var path = PrivateFolder.SocketPath(_endpoint.Name);
        var listener = await Listener.BindAsync(_endpoint);

        var folder = File.GetUnixFileMode(Path.GetDirectoryName(path)!);
        var socket = File.GetUnixFileMode(path);
        await listener.DisposeAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, folder);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, socket);
        Assert.False(Path.Exists(path));
    }

    [Fact]
    public void A_folder_that_others_can_enter_or_that_is_a_link_is_not_ours()
    {
        var mode = File.GetUnixFileMode(_directory.FullName);
        var inside = Path.Combine(_directory.FullName, "s");
        Assert.True(PrivateFolder.IsOurs(inside));

        File.SetUnixFileMode(_directory.FullName, mode | UnixFileMode.OtherExecute);
        Assert.False(PrivateFolder.IsOurs(inside));
        File.SetUnixFileMode(_directory.FullName, mode);

        var link = Path.Combine(Path.GetDirectoryName(_directory.FullName)!, $"{_directory.Name}-link");
        Directory.CreateSymbolicLink(link, _directory.FullName);
        Assert.False(PrivateFolder.IsOurs(Path.Combine(link, "s")));
        Directory.Delete(link);
    }

    [Fact]
    public async Task The_smaller_of_both_ends_buffers_counts()
    {
        var small = new SharedMemoryTransport(new SharedMemoryOptions { BufferBytes = 4096 });
        await using var listener = await Listener.BindAsync(_endpoint);
        await using var client = await Connection.ConnectAsync(_endpoint, new ConnectOptions { Transport = small });
        var sending = client.SendAsync(new byte[5000]).AsTask();

        await using var server = await listener.AcceptAsync().Soon();

        Assert.Equal(4096, await server.ReceiveAsync(new byte[10_000]).Soon());
        await sending.Soon();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2048)]
    [InlineData(5000)]
    [InlineData(128 * 1024 * 1024)]
    public void A_buffer_is_a_power_of_two_within_limits(int bytes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SharedMemoryOptions { BufferBytes = bytes });

    [Theory]
    [InlineData(-1)]
    [InlineData(1001)]
    public void Spinning_has_its_limits(int microseconds) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new SharedMemoryOptions { SpinBeforeSleep = TimeSpan.FromMicroseconds(microseconds) });

    [Fact]
    public async Task A_peer_without_a_name_is_nowhere_to_connect_to() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Connection.ConnectAsync("shm:(unnamed)").Soon());

    [Fact]
    public async Task The_peers_process_is_known()
    {
        await using var listener = await Listener.BindAsync(_endpoint);
        await using var client = await Connection.ConnectAsync(_endpoint);
        await using var server = await listener.AcceptAsync().Soon();

        Assert.Equal(Environment.ProcessId, server.PeerCredentials?.ProcessId);
        Assert.Equal(Environment.ProcessId, client.PeerCredentials?.ProcessId);
    }

    private static UnixEndpoint SocketOf(SharedMemoryEndpoint endpoint)
    {
        var path = PrivateFolder.SocketPath(endpoint.Name);
        PrivateFolder.Make(path);
        return new UnixEndpoint(path);
    }

    private Task<Server> AnsweringAsync(byte[] answer) => Server.StartAsync(
        SocketOf(_endpoint), async (connection, stopping) => await connection.SendAsync(answer, stopping));

    private static async Task AssertSentAwayAsync(Wire socket)
    {
        // Where it has left something unread, its end is a reset.
        var error = await Record.ExceptionAsync(async () =>
            Assert.Equal(0, await socket.ReceiveAsync(new byte[100], CancellationToken.None).Soon()));
        Assert.True(error is null or ConnectionResetException, $"{error}");
    }

    private static (Wire Client, Wire Server) MemoryPair(PeerCredentials credentials)
    {
        var (client, server) = Switchboard.Transports.MemoryWire.CreatePair("client", "server");
        return (new StrangerWire(client, credentials), new StrangerWire(server, credentials));
    }
}
