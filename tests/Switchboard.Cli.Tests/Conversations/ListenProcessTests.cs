using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Conversations;

public sealed class ListenProcessTests
{
    private static CancellationToken Stop => Deadline.Soon;

    [Fact]
    public async Task It_talks_with_one_peer_and_refuses_the_next()
    {
        await using var listen = RunningProgram.StartSwitchboard("listen", "127.0.0.1:0");
        var endpoint = await listen.WaitForListeningAsync();
        await using var peer = await Connection.ConnectAsync(endpoint, cancellationToken: Stop);
        await listen.WriteAsync("hello\n");
        Assert.Equal("hello\n"u8.ToArray(), await ReceiveAsync(peer, 6));

        await Assert.ThrowsAsync<ConnectionRefusedException>(
            () => Connection.ConnectAsync(endpoint, cancellationToken: Stop));
        await peer.SendAsync("bye\n"u8.ToArray(), Stop);
        await peer.CompleteSendingAsync(Stop);
        listen.EndInput();

        Assert.Equal(0, await listen.ExitAsync());
        Assert.Equal("bye\n"u8.ToArray(), listen.Output.ToArray());
    }

    [Theory]
    [InlineData("--keep --exec PROGRAM", ":0", "--loop", "process")]
    [InlineData("write --loop process", ":0", "--keep", "--loop", "thread", "--exec", "cat")]
    [InlineData("write --loop process", ":0", "--loop", "async", "--exec", "cat")]
    [InlineData("--loop is for connections", "udp://localhost:0", "--loop", "thread")]
    public async Task A_loop_that_has_no_meaning_here_is_refused(string why, params string[] arguments)
    {
        await using var listen = await CommandRun.RunAsync(["listen", .. arguments]);

        Assert.Equal(2, await listen.Exit);
        Assert.Contains(why, listen.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_keep_each_conversation_may_have_a_thread_of_its_own()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The names of a program's threads can be seen on Linux.");
        await using var listen = RunningProgram.StartSwitchboard(
            "listen", "127.0.0.1:0", "--keep", "--framing", "lines", "--loop", "thread");
        var endpoint = await listen.WaitForListeningAsync();
        await using var first = await Connection.ConnectAsync(endpoint, cancellationToken: Stop);
        await using var second = await Connection.ConnectAsync(endpoint, cancellationToken: Stop);

        await first.SendAsync("one\n"u8.ToArray(), Stop);
        await second.SendAsync("two\n"u8.ToArray(), Stop);
        await listen.Output.WaitForAsync("one\n", "two\n");
        await listen.WriteAsync("to all\n");

        Assert.Equal("to all\n"u8.ToArray(), await ReceiveAsync(first, 7));
        Assert.Equal("to all\n"u8.ToArray(), await ReceiveAsync(second, 7));
        Assert.Equal(2, ThreadNames.Of(listen.Id).Count(name => name == "conversation"));
    }

    [Fact]
    public async Task One_conversation_on_a_thread_of_its_own_ends_like_any_other()
    {
        await using var listen = RunningProgram.StartSwitchboard("listen", "127.0.0.1:0", "--loop", "thread");
        await using var peer = await Connection.ConnectAsync(
            await listen.WaitForListeningAsync(), cancellationToken: Stop);
        await listen.WriteAsync("hello\n");
        listen.EndInput();

        Assert.Equal("hello\n"u8.ToArray(), await peer.ReceiveToEndAsync(100, Stop));
        await peer.SendAsync("bye\n"u8.ToArray(), Stop);
        await peer.CompleteSendingAsync(Stop);

        Assert.Equal(0, await listen.ExitAsync());
        Assert.Equal("bye\n"u8.ToArray(), listen.Output.ToArray());
    }

    [Fact]
    public async Task A_peer_that_resets_a_conversation_on_a_thread_of_its_own_is_told_as_ever()
    {
        await using var listen = RunningProgram.StartSwitchboard("listen", "127.0.0.1:0", "--loop", "thread");
        await using var peer = await Connection.ConnectAsync(
            await listen.WaitForListeningAsync(), cancellationToken: Stop);

        peer.Abort();

        Assert.Equal(1, await listen.ExitAsync());
        Assert.Contains("broke the connection", listen.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_port_names_its_holder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Holders are known on Linux.");
        await using var holder = await Listener.BindAsync("127.0.0.1:0", cancellationToken: Stop);

        await using var listen = RunningProgram.StartSwitchboard("listen", $"{holder.Local}");

        Assert.Equal(3, await listen.ExitAsync());
        Assert.Contains($"(pid {Environment.ProcessId})", listen.Error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unix:/nowhere/app.sock", 3, "the directory of the path does not exist")]
    [InlineData("localhost:70000", 2, "0 to 65535")]
    [InlineData("nobody.invalid:80", 3, "not found")]
    public async Task What_cannot_be_listened_at_is_said(string endpoint, int exit, string why)
    {
        await using var listen = RunningProgram.StartSwitchboard("listen", endpoint);

        Assert.Equal(exit, await listen.ExitAsync());
        Assert.Contains(why, listen.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_keep_each_line_goes_to_all_and_all_lines_come_out_until_it_is_interrupted()
    {
        await using var listen = RunningProgram.StartSwitchboard(
            "listen", "127.0.0.1:0", "--keep", "--framing", "lines");
        var endpoint = await listen.WaitForListeningAsync();
        await using var first = await Connection.ConnectAsync(endpoint, cancellationToken: Stop);
        await using var second = await Connection.ConnectAsync(endpoint, cancellationToken: Stop);

        // Whoever has been heard is connected on the other side too.
        await first.SendAsync("one\n"u8.ToArray(), Stop);
        await second.SendAsync("two\n"u8.ToArray(), Stop);
        await listen.Output.WaitForAsync("one\n", "two\n");
        await listen.WriteAsync("to all\n");

        Assert.Equal("to all\n"u8.ToArray(), await ReceiveAsync(first, 7));
        Assert.Equal("to all\n"u8.ToArray(), await ReceiveAsync(second, 7));
        await listen.SignalAsync("INT");
        Assert.Equal(0, await first.ReceiveAsync(new byte[1], Stop));
        await first.CompleteSendingAsync(Stop);
        await second.CompleteSendingAsync(Stop);
        Assert.Equal(130, await listen.ExitAsync());
    }

    [Fact]
    public async Task With_keep_a_peer_that_reads_nothing_is_dropped_and_the_others_get_everything()
    {
        const int Bytes = 32 * 1024 * 1024;
        await using var listen = RunningProgram.StartSwitchboard("listen", "127.0.0.1:0", "--keep");
        var endpoint = await listen.WaitForListeningAsync();
        await using var stuck = await Connection.ConnectAsync(endpoint, cancellationToken: Stop);
        await using var quick = await Connection.ConnectAsync(endpoint, cancellationToken: Stop);
        await stuck.SendAsync("1"u8.ToArray(), Stop);
        await quick.SendAsync("2"u8.ToArray(), Stop);
        await listen.Output.WaitForAsync("1", "2");

        var receiving = quick.ReceiveToEndAsync(Bytes, Stop);
        await listen.Input.WriteAsync(new byte[Bytes], Stop);
        listen.EndInput();

        Assert.Equal(Bytes, (await receiving).Length);
        await listen.Error.WaitForLineAsync($"Dropped {stuck.Local}");
    }

    [Fact]
    public async Task An_interrupt_ends_the_wait_for_a_peer()
    {
        await using var listen = RunningProgram.StartSwitchboard("listen", "127.0.0.1:0");
        await listen.WaitForListeningAsync();

        await listen.SignalAsync("INT");

        Assert.Equal(130, await listen.ExitAsync());
    }

    private static async Task<byte[]> ReceiveAsync(Connection connection, int count)
    {
        var bytes = new byte[count];
        await connection.ReceiveExactlyAsync(bytes, Stop);
        return bytes;
    }
}
