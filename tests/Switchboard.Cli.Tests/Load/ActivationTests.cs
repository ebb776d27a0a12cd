using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Load;

/// <summary>A listening socket that outlives the servers behind it.</summary>
[Collection(nameof(LoadTests))]
public sealed class ActivationTests
{
    private const int Restarts = 100;

    // Starts the command again and again, with the socket as descriptor 3, once it has answered.
    private const string Starter = """
        import os, signal, socket, subprocess, sys
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        listening.listen(1024)
        os.dup2(listening.fileno(), 3)
        os.set_inheritable(3, True)
        print("port", listening.getsockname()[1], flush=True)
        command = "LISTEN_FDS=1 LISTEN_PID=$$ exec " + os.environ["switchboard"] + " serve echo --engine " + sys.argv[2]
        for restart in range(int(sys.argv[1])):
            server = subprocess.Popen(["/bin/sh", "-c", command], close_fds=False, stderr=subprocess.DEVNULL)
            with socket.create_connection(("127.0.0.1", listening.getsockname()[1])) as probe:
                probe.sendall(b"probe")
                probe.shutdown(socket.SHUT_WR)
                answer = b""
                while piece := probe.recv(100):
                    answer += piece
                assert answer == b"probe", answer
            print(f"restart {restart}.", flush=True)
            if restart == int(sys.argv[1]) - 1:
                sys.stdin.read()
            server.send_signal(signal.SIGTERM)
            assert server.wait() == 0
        """;

    [Theory]
    [InlineData("epoll", Restarts)]
    [InlineData("sockets", 5)]
    public async Task Restarts_under_constant_load_refuse_nobody(string engine, int restarts)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Descriptors can be taken over on Linux only.");
        Programs.Require("python3");
        await using var starter = RunningProgram.Start("python3", "-c", Starter, $"{restarts}", engine);
        var port = (await starter.Output.WaitForLineAsync("port "))["port ".Length..];
        using var end = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(_ => AskUntilAsync($"127.0.0.1:{port}", end.Token)).ToArray();
        for (var restart = 0; restart < restarts; restart++)
        {
            await starter.Output.WaitForLineAsync($"restart {restart}.");
        }

        await end.CancelAsync();
        Assert.True((await Task.WhenAll(clients)).Sum() > restarts);
        starter.EndInput();
        Assert.True(await starter.ExitAsync() == 0, starter.Error.Text);
    }

    /// <summary>How often the answer came; it comes always.</summary>
    private static async Task<int> AskUntilAsync(Endpoint endpoint, CancellationToken end)
    {
        var asked = 0;
        for (; !end.IsCancellationRequested; asked++)
        {
            Assert.Equal("hello", await Peer.AskAsync(endpoint, "hello"));
        }

        return asked;
    }
}
