using System.Net;
using System.Net.Sockets;
using Switchboard.Board.Kernel;
using Switchboard.Board.Tests.Kernel;
using Switchboard.Board.Watching;
using Switchboard.Tests.Connections;

namespace Switchboard.Board.Tests.Serving;

/// <summary>What happens to connections of other processes that somebody at the board resets.</summary>
public sealed class KickTests
{
    private const string NoRight =
        "It belongs to another process, and only root may reset those (CAP_NET_ADMIN).";

    private const string NoMeans =
        "This kernel was built without the means to reset connections of other processes (INET_DIAG_DESTROY).";

    public KickTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux resets what belongs to others.");

    [Fact]
    public async Task A_connection_of_another_process_is_reset_at_both_ends_or_it_is_told_why_not()
    {
        using var other = await OtherProgram.ConnectAsync();
        var far = other.Near;
        await using var board = await BoardRun.StartAsync();
        using var page = await board.OpenPageAsync();
        await page.SayAsync($$"""{"ask":"view","search":"{{far.RemoteEndPoint}}"}""");
        var row = await page.FindRowAsync(
            row => row.GetProperty("local").GetString() == $"tcp://{far.RemoteEndPoint}"
                && row.TryGetProperty("process", out var process)
                && process.GetString() == $"socat (pid {other.Process.Id})");

        await page.SayAsync($$"""{"ask":"kick","n":{{row.GetProperty("n").GetInt64()}}}""");
        var refusal = (await page.ReceiveUntilAsync("kicked")).GetProperty("error").GetString();

        if (refusal is null)
        {
            var reset = await Assert.ThrowsAsync<SocketException>(() => far.ReceiveAsync(new byte[1]).Soon());
            Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
            await other.Process.WaitForExitAsync().Soon();
            Assert.NotEqual(0, other.Process.ExitCode);
        }
        else
        {
            Assert.Contains(refusal, new[] { NoRight, NoMeans });
        }
    }

    [Fact]
    public void Who_has_not_the_right_is_told_so_and_the_connection_lives()
    {
        using var pair = LoopbackPair.Open(IPAddress.Loopback);
        var watched = new WatchedSocket(1, DateTimeOffset.UnixEpoch);
        watched.Take(RowOf(pair.Near), DateTimeOffset.UnixEpoch);
        string? refusal = null;
        var powerless = new Thread(() =>
        {
            Capabilities.DropForThisThread(Capabilities.NetworkAdministration);
            refusal = MachineSockets.Kick(watched);
        });
        powerless.Start();
        powerless.Join();

        Assert.Contains(refusal, new[] { NoRight, NoMeans });
        pair.Near.Send(new byte[3]);
        Assert.Equal(3, pair.Far.Receive(new byte[3]));
    }

    private static SocketRow RowOf(Socket socket)
    {
        using var dump = new SocketDump();
        var rows = new List<SocketRow>();
        dump.AddAll(SocketDump.AllStates, SocketDetail.None, rows);
        return rows.Find(
            row => $"{row.Local}" == $"{socket.LocalEndPoint}" && $"{row.Remote}" == $"{socket.RemoteEndPoint}");
    }
}
