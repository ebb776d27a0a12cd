using System.Net;
using System.Net.Sockets;
using Switchboard.Engines.Epoll;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines.Epoll;

public sealed class EpollListenerTests
{
    // How long a close that waits is given to return all the same.
    private static readonly TimeSpan Chance = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task A_close_returns_when_nobody_is_let_in_any_more_even_if_it_meets_an_accept()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no epoll here.");
        var faults = new ScriptedFaults();
        var engine = new EpollEngine(new EngineOptions { Loops = 1 }, faults);
        var listener = engine.Bind(new IPEndPoint(IPAddress.Loopback, FreePort.Next()), backlog: 5);
        Task? closing = null;
        var returnedTooEarly = false;
        faults.Failing = asker =>
        {
            if (asker is AcceptOperation && closing is null)
            {
                closing = Task.Run(listener.Close);
                returnedTooEarly = SpinWait.SpinUntil(() => closing.IsCompleted, Chance);
            }

            return 0;
        };

        await Assert.ThrowsAsync<ObjectDisposedException>(() => listener.AcceptAsync(CancellationToken.None).Soon());
        await closing!.Soon();

        Assert.False(returnedTooEarly);
        using var late = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var port = ((TcpEndpoint)listener.Local).Port;
        var error = Assert.Throws<SocketException>(() => late.Connect(IPAddress.Loopback, port));
        Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
    }
}
