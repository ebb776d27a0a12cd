using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Switchboard.Tests;

namespace Switchboard.Samples;

/// <summary>
/// Each sample is run and does what its first lines say. One class, because one build at a time is enough.
/// </summary>
public sealed partial class SampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("switchboard-samples-").FullName;

    private string Socket => $"unix:{_folder}/sample.sock";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_reverse_server_and_its_client_talk_to_each_other()
    {
        await using var server = SampleRun.Start("reverse", Socket);
        await (await server.ConnectAsync(Socket)).DisposeAsync();

        var (exitCode, output) = await SampleRun.RunAsync("reverse-client", Socket);

        Assert.Equal("!dlrow ,olleH\n", output);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task The_reverse_server_answers_line_after_line()
    {
        await using var server = SampleRun.Start("reverse", Socket);
        await using var connection = await server.ConnectAsync(Socket);

        await connection.SendAsync("abc\ndef\n"u8.ToArray());
        await connection.CompleteSendingAsync();

        Assert.Equal("cba\nfed\n", Encoding.UTF8.GetString(await connection.ReceiveToEndAsync(maxBytes: 100)));
    }

    [Fact]
    public async Task The_web_server_answers_browsers_and_line_by_line()
    {
        await using var server = SampleRun.Start("web-server", Socket, $"unix:{_folder}/beside.sock");
        await using var web = await server.ConnectAsync(Socket);
        await web.SendAsync("GET /Ada HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray());
        var answer = Encoding.UTF8.GetString(await web.ReceiveToEndAsync(maxBytes: 10_000));
        await using var beside = await server.ConnectAsync($"unix:{_folder}/beside.sock");
        await beside.SendAsync("abc\n"u8.ToArray());
        await beside.CompleteSendingAsync();

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Hello, Ada!\n", answer, StringComparison.Ordinal);
        Assert.Equal("cba\n", Encoding.UTF8.GetString(await beside.ReceiveToEndAsync(maxBytes: 100)));
    }

    [Fact]
    public async Task The_client_explains_a_refused_connection()
    {
        var (exitCode, output) = await SampleRun.RunAsync("client", $"unix:{_folder}/nobody.sock");

        Assert.StartsWith($"Nothing listens at unix:{_folder}/nobody.sock.", output, StringComparison.Ordinal);
        Assert.Equal(3, exitCode);
    }

    [Fact]
    public async Task The_greeting_server_and_its_client_talk_to_each_other()
    {
        await using var server = SampleRun.Start("greeting-server", Socket);
        await (await server.ConnectAsync(Socket)).DisposeAsync();

        var (exitCode, output) = await SampleRun.RunAsync("greeting-client", Socket);

        Assert.Equal("Hello, Client! Welcome to the server.\n", output);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Send_all_and_receive_all_move_every_byte_and_report_a_truncated_one()
    {
        var (exitCode, output) = await SampleRun.RunAsync("send-all");

        Assert.Contains("With the rest: 300000 of 300000 bytes.\n", output, StringComparison.Ordinal);
        Assert.EndsWith("Asked for 100 bytes, got 9 before the peer finished.\n", output, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Each_connection_has_its_thread()
    {
        await using var server = SampleRun.Start("threads", Socket);
        await using var one = await server.ConnectAsync(Socket);
        await using var other = await server.ConnectAsync(Socket);

        var (first, second) = (await AskAsync(one, "?"), await AskAsync(other, "?"));

        Assert.StartsWith("thread ", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
        Assert.Equal(first, await AskAsync(one, "?"));
    }

    [Fact]
    public async Task A_process_that_crashes_ends_its_own_conversation()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A process for each connection works on Linux only.");
        await using var server = SampleRun.Start("processes", Socket);
        await using var one = await server.ConnectAsync(Socket);
        await using var other = await server.ConnectAsync(Socket);
        var (first, second) = (await AskAsync(one, "?"), await AskAsync(other, "?"));
        Assert.StartsWith("process ", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);

        await one.SendAsync("crash\n"u8.ToArray());
        Assert.Empty(await one.ReceiveToEndAsync(maxBytes: 100));

        Assert.Equal(second, await AskAsync(other, "?"));
    }

    [Fact]
    public async Task A_file_is_sent_received_and_not_replaced()
    {
        var (path, inbox) = (Path.Combine(_folder, "report.bin"), Directory.CreateDirectory($"{_folder}/in").FullName);
        await File.WriteAllBytesAsync(path, [.. Enumerable.Range(0, 300_000).Select(n => (byte)n)]);
        await using var receiver = SampleRun.Start("receive-file", inbox, Socket);
        await (await receiver.ConnectAsync(Socket)).DisposeAsync();

        var first = await SampleRun.RunAsync("send-file", path, Socket);
        var second = await SampleRun.RunAsync("send-file", path, Socket);

        Assert.Equal((0, "stored report.bin, 300000 bytes\n"), first);
        Assert.Equal((1, "refused: report.bin is there already\n"), second);
        Assert.Equal([Path.Combine(inbox, "report.bin")], Directory.GetFileSystemEntries(inbox));
        Assert.Equal(await File.ReadAllBytesAsync(path), await File.ReadAllBytesAsync($"{inbox}/report.bin"));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("..")]
    [InlineData("")]
    public async Task A_received_name_never_leads_elsewhere(string name)
    {
        var inbox = Directory.CreateDirectory($"{_folder}/in").FullName;
        await using var receiver = SampleRun.Start("receive-file", inbox, Socket);
        await using var connection = await receiver.ConnectAsync(Socket);

        byte[] sent = [0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), 0, 0, 0, 0, 0, 0, 0, 1, 7];
        await connection.SendAsync(sent);
        await connection.CompleteSendingAsync();

        var answer = Encoding.UTF8.GetString(await connection.ReceiveToEndAsync(maxBytes: 1000));
        Assert.StartsWith("refused: the name", answer, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(inbox));
    }

    [Fact]
    public async Task A_socket_is_read_and_written_as_a_file()
    {
        var (exitCode, output) = await SampleRun.RunAsync("stream");

        Assert.Equal("read: first line\nread: second line\nread: third line\n", output);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Files_are_served_by_hand_and_nothing_else()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "page.txt"), "hello");
        await using var server = SampleRun.Start("file-server", Socket, _folder);
        await (await server.ConnectAsync(Socket)).DisposeAsync();

        var page = await GetAsync("/page.txt");
        Assert.StartsWith("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n", page, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nhello", page, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.0 404", await GetAsync("/%2e%2e%2fetc/passwd"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.0 400", await GetAsync("*"), StringComparison.Ordinal);

        async Task<string> GetAsync(string target)
        {
            await using var connection = await Connection.ConnectAsync(Socket);
            await connection.SendAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.0\r\n\r\n"));
            return Encoding.ASCII.GetString(await connection.ReceiveToEndAsync(maxBytes: 1000));
        }
    }

    [Fact]
    public async Task A_page_comes_over_HTTP_by_hand_and_half_of_one_is_noticed()
    {
        var lengths = new Queue<int>([5, 6]);
        await using var server = await Server.StartAsync("tcp://127.0.0.1:0", async (connection, stopping) =>
        {
            await connection.ReceiveUntilAsync("\r\n\r\n"u8.ToArray(), maxBytes: 1000, stopping);
            var answer = $"HTTP/1.0 200 OK\r\nContent-Length: {lengths.Dequeue()}\r\n\r\nhello";
            await connection.SendAsync(Encoding.ASCII.GetBytes(answer), stopping);
        });
        var url = $"http://127.0.0.1:{((TcpEndpoint)server.Local).Port}/";

        var whole = await SampleRun.RunAsync("http-client", url);
        var half = await SampleRun.RunAsync("http-client", url);

        Assert.Equal((0, "helloHTTP/1.0 200 OK"), whole);
        Assert.Equal((1, "helloHTTP/1.0 200 OKCut off: 5 of 6 bytes came."), half);
    }

    [Fact]
    public async Task A_line_comes_back_over_TLS_and_a_stranger_is_refused()
    {
        var (exitCode, output) = await SampleRun.RunAsync("tls-echo");

        Assert.Equal("Hello, TLS!\nTls13, CN=localhost\nPinMismatch\n", output);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Who_blocks_lets_nobody_else_wait_as_long()
    {
        var (exitCode, output) = await SampleRun.RunAsync("blocking");

        var numbers = Numbers().Matches(output).Select(number => int.Parse(number.Value, CultureInfo.InvariantCulture));
        Assert.True(numbers.ToList() is [var slow, 10, > 10, var others, ..] && others < slow, output);
        Assert.Equal(
            OperatingSystem.IsLinux(), output.Contains("epoll: EngineStatistics", StringComparison.Ordinal));
        Assert.Equal(0, exitCode);
    }

    [Theory]
    [InlineData("pong", "ping")]
    [InlineData("pong", "ping-of-dotnet")]
    [InlineData("pong-of-dotnet", "ping")]
    public async Task A_named_pipe_joins_two_processes_whichever_of_them_knows_the_library(string pong, string ping)
    {
        var pipe = new PipeEndpoint($"sample-{Guid.NewGuid():N}");
        await using var server = SampleRun.Start("pipe-ping-pong", pong, pipe.Name);
        await WaitForFileAsync(pipe.SocketPath);

        var (exitCode, output) = await SampleRun.RunAsync("pipe-ping-pong", ping, pipe.Name);

        Assert.Equal("1: pong\n2: pong\n3: pong\n", output);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task A_program_in_a_pipeline_is_a_connection_on_both_sides()
    {
        var upper = ExecEndpoint.From("dotnet", "run", Path.Combine(SampleRun.Root, "samples/upper.cs"));
        await using var program = await Connection.ConnectAsync(upper);

        await program.SendAsync("hello\nworld\n"u8.ToArray());
        await program.CompleteSendingAsync();

        Assert.Equal("HELLO\nWORLD\n", Encoding.UTF8.GetString(await program.ReceiveToEndAsync(maxBytes: 1000)));
    }

    [Fact]
    public async Task Two_processes_play_ping_pong_through_shared_memory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Shared memory works on Linux only.");
        var table = $"shm:sample-{Environment.ProcessId}";
        await using (var first = SampleRun.Start("shm-ping-pong", table))
        {
            await (await first.ConnectAsync(table)).DisposeAsync();

            var (exitCode, output) = await SampleRun.RunAsync("shm-ping-pong", table);

            Assert.StartsWith("10000 round trips with process ", output, StringComparison.Ordinal);
            Assert.Equal(0, exitCode);
        }

        // The first was killed. Listening removes what it left of its socket.
        await (await Listener.BindAsync(table)).DisposeAsync();
    }

    [Fact]
    public async Task The_datagram_sender_is_answered_by_the_receiver()
    {
        var endpoint = $"udp://127.0.0.1:{FreePort.Next()}";
        await using var receiver = SampleRun.Start("udp-receiver", endpoint);
        await receiver.WaitForOutputAsync("Hears at");

        // Before the receiver's code is compiled its answer may take longer than the sender waits.
        await AskOnceAsync(endpoint);

        var (exitCode, output) = await SampleRun.RunAsync("udp-sender", endpoint);

        Assert.Matches($"^(Attempt [12]: no answer within a second.\n)*{endpoint} answers: 16 bytes\n$", output);
        Assert.Equal(0, exitCode);
        await receiver.WaitForOutputAsync("\"Hello, datagram!\"");
    }

    [Fact]
    public async Task The_datagram_sender_asks_again_when_nobody_is_there()
    {
        var endpoint = $"udp://127.0.0.1:{FreePort.Next()}";

        var (exitCode, output) = await SampleRun.RunAsync("udp-sender", endpoint);

        Assert.StartsWith($"Attempt 1: nothing listens at {endpoint}", output, StringComparison.Ordinal);
        Assert.Contains("Attempt 3:", output, StringComparison.Ordinal);
        Assert.Equal(3, exitCode);
    }

    [Fact]
    public async Task Datagrams_reach_a_server_that_knows_lines_only()
    {
        var (exitCode, output) = await SampleRun.RunAsync("udp-relay");

        Assert.Equal("NotAFrame, 9 bytes\n!dlrow ,olleH\n", output);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Four_framings_find_the_messages_again()
    {
        var (exitCode, output) = await SampleRun.RunAsync("framings");

        Assert.Equal(
            """
            fixed length        5 bytes  "HELLO"
            fixed length        5 bytes  "WORLD"
            delimited          11 bytes  "one\nmessage"
            delimited           7 bytes  "another"
            length-prefixed    12 bytes  "any bytes:\0\n"
            length-prefixed     0 bytes  ""
            ended by shutdown  39 bytes  "everything up to the end is one message"

            """,
            output);
        Assert.Equal(0, exitCode);
    }

    /// <summary>Windows has no file for it; there the framework waits for the listener.</summary>
    private static async Task WaitForFileAsync(string? path)
    {
        using var patience = new CancellationTokenSource(SampleRun.Patience);
        while (path is not null && !File.Exists(path))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    private static async Task AskOnceAsync(Endpoint endpoint)
    {
        using var patience = new CancellationTokenSource(SampleRun.Patience);
        await using var socket = await DatagramSocket.ConnectAsync(endpoint, cancellationToken: patience.Token);
        await socket.SendAsync("anybody there?"u8.ToArray(), patience.Token);
        await socket.ReceiveAsync(new byte[100], patience.Token);
    }

    private static async Task<string> AskAsync(Connection connection, string line)
    {
        await connection.SendAsync(Encoding.UTF8.GetBytes($"{line}\n"));
        var answer = await connection.ReceiveUntilAsync("\n"u8.ToArray(), maxBytes: 1000);
        return Encoding.UTF8.GetString(answer!);
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();
}
