using System.Net;
using System.Text;
using Switchboard.Cli.Tests.Processes;
using Switchboard.Testing;
using Switchboard.Tests;
using Switchboard.Tests.Connections;

namespace Switchboard.Cli.Tests.Conversations;

/// <summary><c>connect</c>, <c>listen</c> and <c>serve</c> in datagrams, with programs that others wrote.</summary>
public sealed class DatagramProcessTests
{
    private static CancellationToken Stop => Deadline.Soon;

    [Theory]
    [MemberData(nameof(DatagramPrograms.Clients), MemberType = typeof(DatagramPrograms))]
    public async Task A_program_is_answered_by_serve(string program, string line)
    {
        Programs.Require(program);
        await using var serve = RunningProgram.StartSwitchboard("serve", "reverse", "udp://localhost:0", "--json");
        var endpoint = (UdpEndpoint)await serve.EndpointAsync();

        await using var client = DatagramPrograms.Start(line, endpoint.Port);
        await client.Output.WaitForAsync("noitseuq");

        await serve.SignalAsync("INT");
        Assert.Equal(0, await serve.ExitAsync());
        Assert.Contains("\"datagramsAnswered\":", serve.Output.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(DatagramPrograms.Clients), MemberType = typeof(DatagramPrograms))]
    public async Task A_program_is_heard_and_answered_by_listen(string program, string line)
    {
        Programs.Require(program);
        await using var listen = RunningProgram.StartSwitchboard(
            "listen", "udp://127.0.0.1:0", "--send", "answer");
        var endpoint = (UdpEndpoint)await listen.WaitForListeningAsync();

        await using var client = DatagramPrograms.Start(line, endpoint.Port);
        await client.Output.WaitForAsync("answer");

        await listen.Output.WaitForAsync("question");
        await listen.Error.WaitForLineAsync("From udp://127.0.0.1:");
        await listen.SignalAsync("INT");
        Assert.Equal(130, await listen.ExitAsync());
    }

    [Theory]
    [MemberData(nameof(DatagramPrograms.Servers), MemberType = typeof(DatagramPrograms))]
    public async Task A_program_is_asked_by_connect(string program, string line)
    {
        Programs.Require(program);
        var port = FreePort.Next();
        await using var server = DatagramPrograms.Start(line, port);
        var question = server.Output.WaitForAsync("question");
        while (true)
        {
            await using var connect = RunningProgram.StartSwitchboard(
                "connect", $"udp://127.0.0.1:{port}", "--send", "question\n", "--idle", "3m");
            var exit = connect.ExitAsync();
            if (await Task.WhenAny(question, exit) == question)
            {
                await question;
                await server.WriteAsync("answer\n");
                await connect.Output.WaitForAsync("answer\n");
                Assert.Equal("answer\n", connect.Output.Text);
                return;
            }

            // Until it listens, the machine says that nobody does.
            Assert.Equal(3, await exit);
        }
    }

    [Fact]
    public async Task Twenty_clients_are_each_answered_by_one_listen()
    {
        const int Count = 20;
        await using var listen = RunningProgram.StartSwitchboard(
            "listen", "udp://localhost:0", "--send", "heard", "--json");
        var endpoint = await listen.EndpointAsync();

        await Task.WhenAll(Enumerable.Range(0, Count).Select(async client =>
        {
            await using var socket = await DatagramSocket.ConnectAsync(endpoint, cancellationToken: Stop);
            var buffer = new byte[100];
            await socket.SendAsync(Encoding.ASCII.GetBytes($"client {client}"), Stop);
            var answer = await socket.ReceiveAsync(buffer, Stop);
            Assert.Equal("heard", Encoding.ASCII.GetString(buffer, 0, answer.Length));
        }));

        await listen.Output.WaitForAsync([.. Enumerable.Range(0, Count).Select(each => $"\"client {each}\"")]);
    }

    [Fact]
    public async Task What_is_typed_goes_to_whoever_was_heard_last()
    {
        await using var listen = RunningProgram.StartSwitchboard("listen", "udp://127.0.0.1:0");
        var endpoint = await listen.WaitForListeningAsync();
        await using var first = await DatagramSocket.ConnectAsync(endpoint, cancellationToken: Stop);
        await using var last = await DatagramSocket.ConnectAsync(endpoint, cancellationToken: Stop);
        await first.SendAsync("one\n"u8.ToArray(), Stop);
        await listen.Output.WaitForAsync("one");
        await last.SendAsync("two\n"u8.ToArray(), Stop);
        await listen.Output.WaitForAsync("two");

        await listen.WriteAsync("hello\n");
        var heard = await last.ReceiveAsync(new byte[100], Stop);
        await first.SendAsync("three\n"u8.ToArray(), Stop);
        await listen.Output.WaitForAsync("three");
        await listen.WriteAsync("again!\n");

        Assert.Equal(6, heard.Length);
        Assert.Equal(7, (await first.ReceiveAsync(new byte[100], Stop)).Length);
    }

    [Fact]
    public async Task With_keep_what_is_typed_goes_to_all()
    {
        await using var listen = RunningProgram.StartSwitchboard("listen", "udp://127.0.0.1:0", "--keep");
        var endpoint = await listen.WaitForListeningAsync();
        await using var first = await DatagramSocket.ConnectAsync(endpoint, cancellationToken: Stop);
        await using var second = await DatagramSocket.ConnectAsync(endpoint, cancellationToken: Stop);
        await first.SendAsync("one\n"u8.ToArray(), Stop);
        await second.SendAsync("two\n"u8.ToArray(), Stop);
        await listen.Output.WaitForAsync("one", "two");

        await listen.WriteAsync("to all\n");

        Assert.Equal(7, (await first.ReceiveAsync(new byte[100], Stop)).Length);
        Assert.Equal(7, (await second.ReceiveAsync(new byte[100], Stop)).Length);
    }

    [Fact]
    public async Task The_end_of_the_input_waits_for_answers_and_then_for_silence()
    {
        var clock = new ManualClock();
        await using var server = await DatagramSocket.BindAsync("udp://127.0.0.1:0", cancellationToken: Stop);
        await using var connect = CommandRun.StartIn(
            world => world with { Time = clock, Input = new MemoryStream("one\ntwo"u8.ToArray()) },
            "connect", $"{server.Local}");
        var buffer = new byte[100];
        var one = await server.ReceiveAsync(buffer, Stop);
        var two = await server.ReceiveAsync(buffer, Stop);

        await server.SendToAsync("answer"u8.ToArray(), two.From, Stop);
        await server.SendToAsync(ReadOnlyMemory<byte>.Empty, two.From, Stop);
        await connect.Error.WaitForAsync("an empty datagram");

        Assert.Equal((4, 3), (one.Length, two.Length));
        Assert.Equal("answer", connect.Output.Text);
        Assert.False(connect.Exit.IsCompleted);
        await Waiting.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return connect.Exit.IsCompleted;
        });
        Assert.Equal(0, await connect.Exit);
    }

    [Fact]
    public async Task Whoever_refuses_is_told_of_with_exit_code_3()
    {
        await using var connect = RunningProgram.StartSwitchboard(
            "connect", $"udp://127.0.0.1:{FreePort.Next()}", "--send", "anybody?");

        Assert.Equal(3, await connect.ExitAsync());
        Assert.Contains("refused", connect.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_for_an_answer_within_a_time_and_gets_none_is_told_so()
    {
        await using var silent = await DatagramSocket.BindAsync("udp://127.0.0.1:0", cancellationToken: Stop);
        await using var connect = RunningProgram.StartSwitchboard(
            "connect", $"{silent.Local}", "--send", "anybody?", "--idle", "100ms");

        Assert.Equal(4, await connect.ExitAsync());
    }

    [Theory]
    [InlineData(2, "datagrams", "connect", "udp://localhost:9", "--framing", "lines")]
    [InlineData(2, "--retry", "connect", "udp://localhost:9", "--retry", "3")]
    [InlineData(2, "datagrams", "serve", "echo", "udp://localhost:0", "--framing", "lines")]
    [InlineData(2, "datagrams", "serve", "echo", "udp://localhost:0", "--max-connections", "7")]
    [InlineData(3, "not one of this machine's", "listen", "udp://192.0.2.77:9")]
    public async Task What_datagrams_do_not_have_is_said(int exit, string why, params string[] arguments)
    {
        await using var run = RunningProgram.StartSwitchboard(arguments);

        Assert.Equal(exit, await run.ExitAsync());
        Assert.Contains(why, run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_much_for_one_datagram_is_said()
    {
        await using var server = await DatagramSocket.BindAsync("udp://127.0.0.1:0", cancellationToken: Stop);
        await using var connect = RunningProgram.StartSwitchboard("connect", $"{server.Local}");

        await connect.WriteAsync(new string('x', 70_000));
        connect.EndInput();

        Assert.Equal(1, await connect.ExitAsync());
        Assert.Contains("65507", connect.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_port_and_who_name_its_holder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Holders are known on Linux.");
        await using var holder = await DatagramSocket.BindAsync("udp://127.0.0.1:0", cancellationToken: Stop);

        await using var listen = RunningProgram.StartSwitchboard("listen", $"{holder.Local}");
        await using var who = RunningProgram.StartSwitchboard("who", $"udp://:{holder.Local.Port}");

        Assert.Equal(3, await listen.ExitAsync());
        Assert.Contains($"(pid {Environment.ProcessId})", listen.Error.Text, StringComparison.Ordinal);
        Assert.Equal(0, await who.ExitAsync());
        Assert.Contains($"(pid {Environment.ProcessId})", who.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_makes_two_services_answer_each_other()
    {
        await using var serve = CommandRun.Start("serve", "echo", "udp://127.0.0.1:0", "--json");
        var endpoint = (UdpEndpoint)await serve.WaitForEndpointAsync();
        if (await BindLowPortAsync() is not { } low)
        {
            return;
        }

        await using (low)
        {
            await low.SendToAsync("loop"u8.ToArray(), new DatagramAddress(IPAddress.Loopback, endpoint.Port), Stop);
        }

        await using var client = await DatagramSocket.ConnectAsync(endpoint, cancellationToken: Stop);
        await client.SendAsync("x"u8.ToArray(), Stop);
        Assert.Equal(1, (await client.ReceiveAsync(new byte[10], Stop)).Length);
        serve.Interrupt();
        Assert.Equal(0, await serve.Exit);
        var end = await serve.WaitForEventAsync("end");
        Assert.Equal(2, end.GetProperty("datagramsReceived").GetInt32());
        Assert.Equal(1, end.GetProperty("datagramsAnswered").GetInt32());
    }

    [Fact]
    public async Task Up_runs_datagrams_and_connections_side_by_side()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "switchboard.json"),
            """[ { "serve": "echo", "listen": "udp://localhost:0" }, { "serve": "echo", "listen": ":0" } ]""",
            Stop);
        await using var up = CommandRun.StartIn(around => around with { Folder = folder.Path }, "up", "--json");
        var udp = await up.Output.WaitForLineAsync("listening", "udp://");
        await up.Output.WaitForLineAsync("listening", "tcp://");
        await using var client = await DatagramSocket.ConnectAsync(
            System.Text.Json.JsonDocument.Parse(udp).RootElement.GetProperty("endpoint").GetString()!,
            cancellationToken: Stop);

        await client.SendAsync("x"u8.ToArray(), Stop);

        Assert.Equal(1, (await client.ReceiveAsync(new byte[10], Stop)).Length);
        up.Interrupt();
        Assert.Equal(0, await up.Exit);
    }

    /// <summary>A port that services have, and that nobody else holds; null where this user may not take one.</summary>
    private static async Task<DatagramSocket?> BindLowPortAsync()
    {
        const int Highest = 1023;
        for (var port = Highest; ; port--)
        {
            try
            {
                return await DatagramSocket.BindAsync($"udp://127.0.0.1:{port}", cancellationToken: Stop);
            }
            catch (BindException error)
            {
                if (error.Failure == BindFailure.Denied)
                {
                    return null;
                }

                Assert.Equal(BindFailure.InUse, error.Failure);
            }
        }
    }
}
