using System.Net;
using System.Net.Sockets;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines;

/// <summary>What goes wrong has the same type, and says the same, whichever engine meets it.</summary>
public sealed class EngineErrorsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("engine-errors-");

    public static TheoryData<string> Engines => [.. TestEngines.All];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_connect_that_nobody_answers_is_refused(string engine)
    {
        var closed = new IPEndPoint(IPAddress.Loopback, FreePort.Next());

        await ConnectFailsAsync<ConnectionRefusedException>(engine, closed);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_connect_to_a_path_that_is_not_there_fails_as_with_sockets(string engine) =>
        await FailsAsWithSocketsAsync(engine, new UnixDomainSocketEndPoint(PathOf("missing")));

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_connect_to_a_file_fails_as_with_sockets(string engine)
    {
        await File.WriteAllTextAsync(PathOf("file"), "");

        await FailsAsWithSocketsAsync(engine, new UnixDomainSocketEndPoint(PathOf("file")));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_connect_to_a_socket_that_nobody_holds_is_refused(string engine)
    {
        var path = new UnixDomainSocketEndPoint(PathOf("left"));
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            left.Bind(path);
        }

        await using var _ = new StreamWriter(PathOf("beside"));
        if (File.Exists(PathOf("left")))
        {
            await ConnectFailsAsync<ConnectionRefusedException>(engine, path);
        }

        await FailsAsWithSocketsAsync(engine, path);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_connect_to_many_at_once_fails_as_with_sockets(string engine)
    {
        await FailsAsWithSocketsAsync(engine, new IPEndPoint(IPAddress.Parse("224.0.0.1"), 7));
        await FailsAsWithSocketsAsync(engine, new IPEndPoint(IPAddress.Broadcast, 7));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Each_failure_of_a_bind_is_the_same(string engine)
    {
        var taken = Engine.Sockets.Bind(new IPEndPoint(IPAddress.Loopback, 0), backlog: 1);
        var port = ((TcpEndpoint)taken.Local).Port;

        BindFails(engine, new IPEndPoint(IPAddress.Loopback, port), BindFailure.InUse);
        BindFails(engine, new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0), BindFailure.NotLocal);
        BindFails(engine, new UnixDomainSocketEndPoint(PathOf("missing/a.sock")), BindFailure.NotFound);
        taken.Close();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_peers_reset_is_one(string engine)
    {
        var (wire, peer) = await ConnectAsync(engine);
        var receiving = wire.ReceiveAsync(new byte[1], CancellationToken.None).Soon();

        peer.Close(timeout: 0);

        await Assert.ThrowsAsync<ConnectionResetException>(() => receiving);
        await Assert.ThrowsAsync<ConnectionResetException>(async () =>
        {
            while (true)
            {
                await wire.SendAsync(new byte[1], CancellationToken.None).Soon();
            }
        });
        wire.Abort();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_connect_can_be_cancelled_and_leaves_nothing(string engine)
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await TestEngines.Of(engine).ConnectAsync(
            new IPEndPoint(IPAddress.Loopback, FreePort.Next()), cancelled.Token));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_wire_that_was_closed_says_so(string engine)
    {
        var (wire, peer) = await ConnectAsync(engine);
        var receiving = wire.ReceiveAsync(new byte[1], CancellationToken.None).Soon();

        wire.Abort();

        await Assert.ThrowsAnyAsync<Exception>(() => receiving);
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await wire.ReceiveAsync(new byte[1], CancellationToken.None));
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await wire.SendAsync(new byte[1], CancellationToken.None));
        peer.Dispose();
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private string PathOf(string name) => Path.Combine(_directory.FullName, name);

    private static async Task<(Wire Wire, Socket Peer)> ConnectAsync(string engine)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var wire = await TestEngines.Of(engine).ConnectAsync(listener.LocalEndPoint!, CancellationToken.None).Soon();
        return (wire, await listener.AcceptAsync());
    }

    private static async Task<T> ConnectFailsAsync<T>(string engine, EndPoint remote)
        where T : Exception =>
        await Assert.ThrowsAsync<T>(
            async () => await TestEngines.Of(engine).ConnectAsync(remote, CancellationToken.None).Soon());

    private static async Task FailsAsWithSocketsAsync(string engine, EndPoint remote)
    {
        var expected = await ConnectErrorAsync(Engine.Sockets, remote);
        var error = await ConnectErrorAsync(TestEngines.Of(engine), remote);

        Assert.NotNull(expected);
        Assert.Equal(expected.GetType(), error?.GetType());
        Assert.Equal(expected.Message, error!.Message);
    }

    private static async Task<Exception?> ConnectErrorAsync(Engine engine, EndPoint remote) =>
        await Record.ExceptionAsync(
            async () => (await engine.ConnectAsync(remote, CancellationToken.None).Soon()).Abort());

    private static void BindFails(string engine, EndPoint local, BindFailure expected)
    {
        var error = Assert.Throws<BindException>(() => TestEngines.Of(engine).Bind(local, backlog: 1));

        Assert.Equal(expected, error.Failure);
    }
}
