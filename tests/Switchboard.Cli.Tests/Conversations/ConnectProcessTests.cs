using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Switchboard.Cli.Tests.Processes;
using Switchboard.Tests;

namespace Switchboard.Cli.Tests.Conversations;

public sealed class ConnectProcessTests
{
    private static CancellationToken Stop => Deadline.Soon;

    [Fact]
    public async Task Nobody_there_is_said_with_the_next_step()
    {
        var port = FreePort.Next();

        await using var connect = RunningProgram.StartSwitchboard("connect", $"127.0.0.1:{port}");

        Assert.Equal(3, await connect.ExitAsync());
        var error = connect.Error.Text;
        Assert.Contains($"127.0.0.1:{port} refused", error, StringComparison.Ordinal);
        Assert.Contains($"switchboard who :{port}", error, StringComparison.Ordinal);
        Assert.Empty(connect.Output.ToArray());
    }

    [Theory]
    [InlineData(3, "not found", "connect", "nobody.invalid:80")]
    [InlineData(2, "70000", "connect", "localhost:70000")]
    [InlineData(3, "unix:/nowhere/app.sock", "connect", "unix:/nowhere/app.sock")]
    [InlineData(2, "5x", "connect", ":9", "--idle", "5x")]
    [InlineData(2, "exclude each other", "connect", ":9", "--crlf", "--framing", "lines")]
    [InlineData(2, "cannot be read", "connect", ":9", "--send", "@/nowhere/file")]
    [InlineData(2, "no escape", "connect", ":9", "--send", @"\q")]
    public async Task What_cannot_work_is_said_with_its_exit_code(int exit, string words, params string[] arguments)
    {
        await using var connect = RunningProgram.StartSwitchboard(arguments);

        Assert.Equal(exit, await connect.ExitAsync());
        Assert.Contains(words, connect.Error.Text, StringComparison.Ordinal);
        Assert.Empty(connect.Output.ToArray());
    }

    [Fact]
    public async Task A_peer_that_never_answers_the_connect_times_out()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems refuse when the queue is full.");
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(1);
        var port = ((IPEndPoint)full.LocalEndPoint!).Port;
        using var first = new TcpClient("127.0.0.1", port);
        using var second = new TcpClient("127.0.0.1", port);

        await using var connect = RunningProgram.StartSwitchboard("connect", $"127.0.0.1:{port}", "--timeout", "300ms");

        Assert.Equal(4, await connect.ExitAsync());
        Assert.Contains("within 0.3 s", connect.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_peer_is_given_up_on_when_asked_and_not_with_exit_code_0()
    {
        await using var listener = await Listener.BindAsync("127.0.0.1:0", cancellationToken: Stop);
        await using var connect = StartConnect(listener, "--idle", "300ms");
        await using var peer = await listener.AcceptAsync(Stop);

        Assert.Equal(4, await connect.ExitAsync());
        Assert.Contains("sent nothing for 300ms", connect.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_is_told_and_what_came_before_it_is_kept()
    {
        await using var listener = await Listener.BindAsync("127.0.0.1:0", cancellationToken: Stop);
        await using var connect = StartConnect(listener);
        var peer = await listener.AcceptAsync(Stop);
        peer.Abort();

        Assert.Equal(1, await connect.ExitAsync());
        Assert.Contains("broke the connection", connect.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_the_peer_did_not_take_are_not_passed_over_in_silence()
    {
        await using var listener = await Listener.BindAsync("127.0.0.1:0", cancellationToken: Stop);
        await using var connect = StartConnect(listener);
        var peer = await listener.AcceptAsync(Stop);
        await peer.SendAsync("bye\n"u8.ToArray(), Stop);
        await peer.CompleteSendingAsync(Stop);

        // It has finished and gone: what is sent now is refused.
        peer.Abort();
        await WriteUntilItEndsAsync(connect);

        Assert.Equal(1, await connect.ExitAsync());
        Assert.Contains("error:", connect.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_bytes_go_both_ways_unchanged()
    {
        var bytes = new byte[300_000];
        new Random(7).NextBytes(bytes);
        await using var listener = await Listener.BindAsync("127.0.0.1:0", cancellationToken: Stop);
        await using var connect = StartConnect(listener);
        await using var peer = await listener.AcceptAsync(Stop);
        await connect.Input.WriteAsync(bytes, Stop);
        connect.EndInput();

        var received = await peer.ReceiveToEndAsync(bytes.Length, Stop);
        await peer.SendAsync(received, Stop);
        await peer.CompleteSendingAsync(Stop);

        Assert.Equal(0, await connect.ExitAsync());
        Assert.Equal(bytes, received);
        Assert.Equal(bytes, connect.Output.ToArray());
        Assert.Empty(connect.Error.Text);
    }

    [Fact]
    public async Task An_interrupt_finishes_sending_waits_for_the_peer_and_exits_with_130()
    {
        await using var listener = await Listener.BindAsync("127.0.0.1:0", cancellationToken: Stop);
        await using var connect = StartConnect(listener);
        await using var peer = await listener.AcceptAsync(Stop);
        await connect.WriteAsync("a");
        Assert.Equal(1, await peer.ReceiveAsync(new byte[10], Stop));

        await connect.SignalAsync("INT");

        await connect.Error.WaitForLineAsync("Interrupted");
        Assert.Equal(0, await peer.ReceiveAsync(new byte[10], Stop));
        await peer.SendAsync("last words"u8.ToArray(), Stop);
        await peer.CompleteSendingAsync(Stop);
        Assert.Equal(130, await connect.ExitAsync());
        Assert.Equal("last words"u8.ToArray(), connect.Output.ToArray());
    }

    [Fact]
    public async Task Output_that_nobody_reads_any_more_ends_it_in_silence()
    {
        Programs.Require("sh");
        Programs.Require("head");
        await using var listener = await Listener.BindAsync("127.0.0.1:0", cancellationToken: Stop);
        await using var pipeline = RunningProgram.Start(
            "sh", "-c", "{ \"$@\"; echo exit $? >&2; } | head -n 1", "sh",
            RunningProgram.DotNet, RunningProgram.SwitchboardPath, "connect", $"{listener.Local}", "--send", "");
        await using var peer = await listener.AcceptAsync(Stop);

        try
        {
            while (!pipeline.Error.HasEnded)
            {
                await peer.SendAsync("line\n"u8.ToArray(), Stop);
            }
        }
        catch (ConnectionException)
        {
            // The other end is gone, as it should be.
        }

        await pipeline.ExitAsync();
        Assert.Equal("exit 141\n", pipeline.Error.Text);
        Assert.Equal("line\n"u8.ToArray(), pipeline.Output.ToArray());
    }

    [Fact]
    public async Task Connecting_is_tried_again_when_asked()
    {
        var endpoint = $"127.0.0.1:{FreePort.Next()}";
        await using var connect = RunningProgram.StartSwitchboard("connect", endpoint, "--retry", "9", "--send", "x");
        await connect.Error.WaitForLineAsync("Trying again in 250 ms, 9 more times.");

        await using var listener = await Listener.BindAsync(endpoint, cancellationToken: Stop);
        await using var peer = await listener.AcceptAsync(Stop);
        Assert.Equal("x"u8.ToArray(), await peer.ReceiveToEndAsync(10, Stop));
        await peer.CompleteSendingAsync(Stop);

        Assert.Equal(0, await connect.ExitAsync());
    }

    [Fact]
    public async Task Events_tell_the_whole_story()
    {
        await using var listener = await Listener.BindAsync("127.0.0.1:0", cancellationToken: Stop);
        await using var connect = StartConnect(listener, "--json", "--send", @"a\n");
        await using var peer = await listener.AcceptAsync(Stop);
        Assert.Equal("a\n"u8.ToArray(), await peer.ReceiveToEndAsync(10, Stop));
        await peer.SendAsync(new byte[] { 0xFF }, Stop);
        await peer.CompleteSendingAsync(Stop);

        Assert.Equal(0, await connect.ExitAsync());
        var events = connect.Output.Text.Trim().Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(
            ["connected", "sent", "received", "peer-finished", "ended"],
            events.Select(each => each.GetProperty("event").GetString()));
        Assert.Equal("/w==", events[2].GetProperty("base64").GetString());
        Assert.Equal("finished", events[^1].GetProperty("reason").GetString());
        Assert.Equal(2, events[^1].GetProperty("sent").GetInt32());
        Assert.Equal(1, events[^1].GetProperty("received").GetInt32());
    }

    [Fact]
    public async Task Lines_become_frames_and_frames_lines()
    {
        await using var listener = await Listener.BindAsync("127.0.0.1:0", cancellationToken: Stop);
        await using var connect = StartConnect(listener, "--framing", "length:2");
        await using var peer = await listener.AcceptAsync(Stop);
        await connect.WriteAsync("one\n\ntwo");
        connect.EndInput();

        Assert.Equal(
            new byte[] { 0, 3, (byte)'o', (byte)'n', (byte)'e', 0, 0, 0, 3, (byte)'t', (byte)'w', (byte)'o' },
            await peer.ReceiveToEndAsync(100, Stop));
        await peer.SendAsync(new byte[] { 0, 1, (byte)'1', 0, 2, (byte)'2', (byte)'3' }, Stop);
        await peer.CompleteSendingAsync(Stop);

        Assert.Equal(0, await connect.ExitAsync());
        Assert.Equal("1\n23\n"u8.ToArray(), connect.Output.ToArray());
    }

    [Theory]
    [InlineData("fixed:4", "abcde", "longer than the 4 bytes")]
    [InlineData("fixed:4", "abc", "each has exactly 4")]
    [InlineData("length:1", "", "255")]
    [InlineData("delimited:,", "a,b", "delimiter")]
    [InlineData("lines", "ends in CR\r", "CR")]
    public async Task A_line_that_cannot_be_a_frame_is_explained_as_the_users(string framing, string line, string why)
    {
        await using var listener = await Listener.BindAsync("127.0.0.1:0", cancellationToken: Stop);
        await using var connect = StartConnect(listener, "--framing", framing);
        await using var peer = await listener.AcceptAsync(Stop);

        await connect.WriteAsync((line.Length > 0 ? line : new string('x', 300)) + "\n");

        Assert.Equal(1, await connect.ExitAsync());
        Assert.StartsWith("error: a line of the input is no frame.", connect.Error.Text, StringComparison.Ordinal);
        Assert.Contains(why, connect.Error.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", connect.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_ends_become_CRLF_and_every_byte_can_be_seen()
    {
        await using var listener = await Listener.BindAsync("127.0.0.1:0", cancellationToken: Stop);
        await using var connect = StartConnect(listener, "--crlf", "--hex", "--send", @"a\n");
        await using var peer = await listener.AcceptAsync(Stop);
        Assert.Equal("a\r\n"u8.ToArray(), await peer.ReceiveToEndAsync(100, Stop));
        await peer.SendAsync("ok"u8.ToArray(), Stop);
        await peer.CompleteSendingAsync(Stop);

        Assert.Equal(0, await connect.ExitAsync());
        var lines = connect.Error.Text.TrimEnd().Split('\n');
        Assert.StartsWith("> ", lines[0], StringComparison.Ordinal);
        Assert.Contains("61 0d 0a", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("< ", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("ok", lines[1], StringComparison.Ordinal);
    }

    private static RunningProgram StartConnect(Listener listener, params string[] options) =>
        RunningProgram.StartSwitchboard(["connect", $"{listener.Local}", .. options]);

    private static async Task WriteUntilItEndsAsync(RunningProgram program)
    {
        try
        {
            while (!program.Error.HasEnded)
            {
                await program.WriteAsync("more\n");
            }
        }
        catch (IOException)
        {
            // It has ended and reads no more.
        }
    }
}
