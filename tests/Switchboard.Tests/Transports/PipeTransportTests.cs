using System.IO.Pipes;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Engines;

namespace Switchboard.Tests.Transports;

public sealed class PipeTransportTests : IDisposable
{
    private const int NobodysId = 65534;

    private readonly PipeEndpoint _pipe = new($"test-{Guid.NewGuid():N}");

    public static TheoryData<string> Engines => [.. TestEngines.WithoutFaults];

    public void Dispose() => File.Delete(_pipe.SocketPath ?? _pipe.Name);

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_frameworks_client_talks_to_our_listener(string engine)
    {
        await using var listener = await Listener.BindAsync(_pipe, new() { Engine = TestEngines.Of(engine) });
        await using var stranger = new NamedPipeClientStream(
            ".", _pipe.Name, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        await stranger.ConnectAsync().Soon();
        await using var connection = await listener.AcceptAsync().Soon();

        await ExpectTalkAsync(connection, stranger);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Our_client_talks_to_the_frameworks_server(string engine)
    {
        await using var stranger = new NamedPipeServerStream(
            _pipe.Name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte,
            PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        var accepting = stranger.WaitForConnectionAsync();
        await using var connection = await Connection.ConnectAsync(_pipe, new() { Engine = TestEngines.Of(engine) });
        await accepting.Soon();

        await ExpectTalkAsync(connection, stranger);
    }

    [Fact]
    public async Task Many_clients_of_the_frameworks_are_each_accepted()
    {
        await using var listener = await Listener.BindAsync(_pipe);
        for (var client = 0; client < 10; client++)
        {
            await using var stranger = new NamedPipeClientStream(".", _pipe.Name);
            await stranger.ConnectAsync().Soon();
            var connection = await listener.AcceptAsync().Soon();
            await connection.SendAsync(new[] { (byte)client });
            Assert.Equal(client, stranger.ReadByte());
            connection.Abort();
        }
    }

    [Fact]
    public async Task The_ends_are_called_by_the_name_and_the_errors_too()
    {
        await using var listener = await Listener.BindAsync(_pipe);
        var near = await Connection.ConnectAsync(_pipe);
        var far = await listener.AcceptAsync().Soon();
        near.Abort();
        far.Abort();
        await listener.DisposeAsync();

        var error = await Assert.ThrowsAsync<ConnectionRefusedException>(() => Connection.ConnectAsync(_pipe));

        Assert.Equal($"{_pipe} -> {_pipe}", near.ToString());
        Assert.Equal($"{_pipe} -> {_pipe}", far.ToString());
        Assert.Equal($"connect {_pipe}: refused: nobody listens at this name", error.Message);
    }

    [Fact]
    public async Task A_name_that_is_listened_at_is_in_use_and_its_listener_goes_on()
    {
        await using var first = await Listener.BindAsync(_pipe);

        var error = await Assert.ThrowsAsync<BindException>(() => Listener.BindAsync(_pipe));

        Assert.Equal(BindFailure.InUse, error.Failure);
        Assert.Equal(_pipe, error.Endpoint);
        (await Connection.ConnectAsync(_pipe)).Abort();
    }

    [Fact]
    public async Task What_a_listener_that_crashed_has_left_is_replaced()
    {
        RequireLinux();
        LeaveSocketFile();
        await using var listener = await Listener.BindAsync(_pipe);

        (await Connection.ConnectAsync(_pipe)).Abort();
        (await listener.AcceptAsync().Soon()).Abort();
    }

    [Fact]
    public async Task A_file_that_is_no_socket_is_named_and_left_alone()
    {
        RequireLinux();
        await File.WriteAllTextAsync(_pipe.SocketPath!, "somebody's");

        var error = await Assert.ThrowsAsync<BindException>(() => Listener.BindAsync(_pipe));

        Assert.Equal(BindFailure.FileInTheWay, error.Failure);
        Assert.Contains(_pipe.SocketPath!, error.Message, StringComparison.Ordinal);
        Assert.Equal("somebody's", await File.ReadAllTextAsync(_pipe.SocketPath!));
    }

    [Fact]
    public async Task A_dead_socket_of_another_user_is_left_alone()
    {
        RequireLinux();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only the administrator can give a file away.");
        LeaveSocketFile();
        Assert.Equal(0, chown(_pipe.SocketPath!, NobodysId, NobodysId));

        var error = await Assert.ThrowsAsync<BindException>(() => Listener.BindAsync(_pipe));

        Assert.Equal(BindFailure.FileInTheWay, error.Failure);
        Assert.True(File.Exists(_pipe.SocketPath));
    }

    [Fact]
    public async Task Only_this_user_may_open_the_socket()
    {
        RequireLinux();
        await using var listener = await Listener.BindAsync(_pipe);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_pipe.SocketPath!));
    }

    private static async Task ExpectTalkAsync(Connection connection, PipeStream stranger)
    {
        var buffer = new byte[5];
        await connection.SendAsync("hello"u8.ToArray());
        await stranger.ReadExactlyAsync(buffer).Soon();
        Assert.Equal("hello"u8.ToArray(), buffer);

        await stranger.WriteAsync("there"u8.ToArray());
        await connection.ReceiveExactlyAsync(buffer).Soon();
        Assert.Equal("there"u8.ToArray(), buffer);

        if (connection.CanHalfClose)
        {
            await connection.CompleteSendingAsync();
            Assert.Equal(0, await stranger.ReadAsync(buffer).Soon());
            await stranger.WriteAsync("after"u8.ToArray());
            await connection.ReceiveExactlyAsync(buffer).Soon();
            Assert.Equal("after"u8.ToArray(), buffer);
        }

        await stranger.DisposeAsync();
        Assert.Equal(0, await connection.ReceiveAsync(buffer).Soon());
    }

    private static void RequireLinux() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the framework looks after the file.");

    private void LeaveSocketFile()
    {
        var elsewhere = _pipe.SocketPath + "-dying";
        using var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        dead.Bind(new UnixDomainSocketEndPoint(elsewhere));

        // Under its new name the file outlives the socket, as after a crash.
        File.Move(elsewhere, _pipe.SocketPath!);
    }

#pragma warning disable IDE1006, SYSLIB1054, CA2101, CA5392 // The C name.
    [DllImport("libc", ExactSpelling = true, CharSet = CharSet.Ansi)]
    private static extern int chown(string path, int user, int group);
#pragma warning restore IDE1006, SYSLIB1054, CA2101, CA5392
}
