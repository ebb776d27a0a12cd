using System.Net.Sockets;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports;

public sealed class UnixLeftoverTests : IDisposable
{
    private const int Rounds = 50;
    private const int Starters = 4;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory();

    private string SocketPath => Path.Combine(_directory.FullName, "s");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Of_many_who_find_a_dead_listeners_file_at_once_one_listens_and_can_be_reached()
    {
        for (var round = 0; round < Rounds; round++)
        {
            LeaveSocketFile();
            using var start = new Barrier(Starters);
            var starting = Enumerable.Range(0, Starters).Select(_ => Task.Factory.StartNew(
                () => Start(start), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
            var listener = Assert.Single((await Task.WhenAll(starting).Soon()).OfType<Listener>());
            await using (listener)
            {
                var near = await Connection.ConnectAsync($"unix:{SocketPath}").Soon();
                (await listener.AcceptAsync().Soon()).Abort();
                near.Abort();
            }

            Assert.Empty(_directory.GetFiles());
        }
    }

    private Listener? Start(Barrier start)
    {
        start.SignalAndWait();
        try
        {
            return Listener.BindAsync($"unix:{SocketPath}").GetAwaiter().GetResult();
        }
        catch (BindException error) when (error.Failure == BindFailure.InUse)
        {
            return null;
        }
    }

    private void LeaveSocketFile()
    {
        var elsewhere = Path.Combine(_directory.FullName, "elsewhere");
        using var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        dead.Bind(new UnixDomainSocketEndPoint(elsewhere));

        // Under its new name the file outlives the socket, as after a crash.
        File.Move(elsewhere, SocketPath);
    }
}
