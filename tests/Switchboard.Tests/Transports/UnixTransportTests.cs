using System.Net.Sockets;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports;

public sealed class UnixTransportTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory();

    private string SocketPath => Path.Combine(_directory.FullName, "s");

    private Endpoint Endpoint => $"unix:{SocketPath}";

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task The_socket_file_of_a_dead_listener_is_replaced()
    {
        LeaveSocketFile();
        await using var listener = await Listener.BindAsync(Endpoint);

        var near = await Connection.ConnectAsync(Endpoint).Soon();
        (await listener.AcceptAsync().Soon()).Abort();
        near.Abort();
    }

    [Fact]
    public async Task The_path_of_a_live_listener_is_in_use_and_it_goes_on()
    {
        await using var first = await Listener.BindAsync(Endpoint);
        var error = await Assert.ThrowsAsync<BindException>(() => Listener.BindAsync(Endpoint).Soon());

        Assert.Equal(BindFailure.InUse, error.Failure);
        var near = await Connection.ConnectAsync(Endpoint).Soon();
        near.Abort();
    }

    [Fact]
    public async Task A_regular_file_is_named_and_left_alone()
    {
        await File.WriteAllTextAsync(SocketPath, "somebody's");
        var error = await Assert.ThrowsAsync<BindException>(() => Listener.BindAsync(Endpoint).Soon());

        Assert.Equal(BindFailure.FileInTheWay, error.Failure);
        Assert.Contains(SocketPath, error.Message, StringComparison.Ordinal);
        Assert.Equal("somebody's", await File.ReadAllTextAsync(SocketPath));
    }

    [Fact]
    public async Task A_link_is_left_alone_and_so_is_the_dead_socket_behind_it()
    {
        var behind = Path.Combine(_directory.FullName, "behind");
        LeaveSocketFile(behind);
        File.CreateSymbolicLink(SocketPath, behind);
        var error = await Assert.ThrowsAsync<BindException>(() => Listener.BindAsync(Endpoint).Soon());

        Assert.Equal(BindFailure.FileInTheWay, error.Failure);
        Assert.NotNull(File.ResolveLinkTarget(SocketPath, returnFinalTarget: false));
        Assert.True(File.Exists(behind));
    }

    [Fact]
    public async Task The_file_is_gone_after_the_listener_is_disposed()
    {
        var listener = await Listener.BindAsync(Endpoint);
        Assert.True(File.Exists(SocketPath));
        await listener.DisposeAsync().Soon();

        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public async Task A_path_without_a_file_refuses()
    {
        await Assert.ThrowsAsync<ConnectionRefusedException>(() => Connection.ConnectAsync(Endpoint).Soon());
    }

    [Fact]
    public async Task A_dead_listeners_file_refuses()
    {
        LeaveSocketFile();
        await Assert.ThrowsAsync<ConnectionRefusedException>(() => Connection.ConnectAsync(Endpoint).Soon());
    }

    [Fact]
    public async Task A_directory_that_does_not_exist_is_named()
    {
        var error = await Assert.ThrowsAsync<BindException>(
            () => Listener.BindAsync($"unix:{_directory.FullName}/none/s").Soon());

        Assert.Equal(BindFailure.NotFound, error.Failure);
        Assert.Contains("directory", error.Problem, StringComparison.Ordinal);
    }

    private void LeaveSocketFile(string? path = null)
    {
        var elsewhere = Path.Combine(_directory.FullName, "elsewhere");
        using var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        dead.Bind(new UnixDomainSocketEndPoint(elsewhere));

        // Under its new name the file outlives the socket, as after a crash.
        File.Move(elsewhere, path ?? SocketPath);
    }
}
