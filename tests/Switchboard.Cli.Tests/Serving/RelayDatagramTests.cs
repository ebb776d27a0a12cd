using System.Text;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Serving;

/// <summary><c>relay</c> where one end has datagrams, or both, with programs that nobody here wrote.</summary>
public sealed class RelayDatagramTests
{
    // Says where it is, and sends back each datagram with its bytes reversed.
    private const string ReversingDatagrams =
        """
        exec python3 -u -c 'import socket
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.bind(("127.0.0.1", 0))
        print("at", s.getsockname()[1])
        while True:
            asked, peer = s.recvfrom(70000)
            s.sendto(asked[::-1], peer)'
        """;

    private static CancellationToken Stop => Deadline.Soon;

    /// <summary>Clients that send their input, finish sending, and print what comes until the end.</summary>
    public static TheoryData<string, string> StreamClients => new()
    {
        { "nc.openbsd", "printf 'one\\ntwo\\n' | nc.openbsd -N 127.0.0.1 PORT" },
        { "ncat", "printf 'one\\ntwo\\n' | ncat 127.0.0.1 PORT" },
        { "socat", "printf 'one\\ntwo\\n' | socat -t 60 - TCP:127.0.0.1:PORT" },
        {
            "python3",
            """
            python3 -c 'import socket, sys
            s = socket.create_connection(("127.0.0.1", PORT))
            s.sendall(b"one\ntwo\n")
            s.shutdown(socket.SHUT_WR)
            sys.stdout.write(s.makefile().read())'
            """
        },
    };

    [Theory]
    [MemberData(nameof(DatagramPrograms.Clients), MemberType = typeof(DatagramPrograms))]
    public async Task A_program_that_sends_datagrams_reaches_one_that_reads_lines(string program, string line)
    {
        Programs.Require(program);
        Programs.Require("socat");
        await using var target = RunningProgram.Start(
            "socat", "-dd", "TCP-LISTEN:0,bind=127.0.0.1,fork", "SYSTEM:sed -u s/^/got-/");
        var announced = await target.Error.WaitForLineAsync("listening on");
        await using var relay = CommandRun.Start(
            "relay", "udp://127.0.0.1:0", $"127.0.0.1:{announced[(announced.LastIndexOf(':') + 1)..].Trim()}",
            "--framing", "lines", "--json");

        await using var client = StartShell(line, await relay.WaitForEndpointAsync());

        await client.Output.WaitForAsync("got-question");
        relay.Interrupt();
        Assert.Equal(0, await relay.Exit);
        var end = await relay.WaitForEventAsync("end");
        Assert.Equal(1, end.GetProperty("peers").GetInt32());
        Assert.Equal(0, end.GetProperty("datagramsDropped").GetInt32());
    }

    [Theory]
    [MemberData(nameof(StreamClients))]
    public async Task A_program_that_sends_lines_reaches_one_that_answers_datagrams(string program, string line)
    {
        Programs.Require(program);
        Programs.Require("python3");
        await using var target = RunningProgram.StartShell(ReversingDatagrams);
        var port = (await target.Output.WaitForLineAsync("at "))["at ".Length..].Trim();
        await using var relay = CommandRun.Start(
            "relay", "127.0.0.1:0", $"udp://127.0.0.1:{port}", "--framing", "lines", "--json");

        await using var client = StartShell(line, await relay.WaitForEndpointAsync());

        Assert.Equal(0, await client.ExitAsync());
        Assert.Equal("eno\nowt\n", client.Output.Text);
        await relay.Output.WaitForLineAsync("\"event\":\"ended\"", "\"reason\":\"finished\"");
    }

    [Theory]
    [MemberData(nameof(DatagramPrograms.Clients), MemberType = typeof(DatagramPrograms))]
    public async Task Datagrams_reach_datagrams(string program, string line)
    {
        Programs.Require(program);
        Programs.Require("python3");
        await using var target = RunningProgram.StartShell(ReversingDatagrams);
        var port = (await target.Output.WaitForLineAsync("at "))["at ".Length..].Trim();
        await using var relay = CommandRun.Start("relay", "udp://127.0.0.1:0", $"udp://127.0.0.1:{port}", "--json");

        await using var client = StartShell(line, await relay.WaitForEndpointAsync());

        await client.Output.WaitForAsync("noitseuq");
    }

    [Fact]
    public async Task Lengths_that_another_program_writes_are_datagrams()
    {
        Programs.Require("python3");
        await using var target = RunningProgram.StartShell(ReversingDatagrams);
        var port = (await target.Output.WaitForLineAsync("at "))["at ".Length..].Trim();
        await using var relay = CommandRun.Start(
            "relay", "127.0.0.1:0", $"udp://127.0.0.1:{port}", "--framing", "length:2", "--json");

        await using var client = StartShell(
            """
            python3 -c 'import socket, struct, sys
            s = socket.create_connection(("127.0.0.1", PORT))
            s.settimeout(150)
            for asked in [b"a\nb", b"", b"c" * 60000]:
                s.sendall(struct.pack(">H", len(asked)) + asked)
                f = s.makefile("rb") if asked == b"a\nb" else f
                print(f.read(struct.unpack(">H", f.read(2))[0]) == asked[::-1])'
            """,
            await relay.WaitForEndpointAsync());

        Assert.Equal(0, await client.ExitAsync());
        Assert.Equal("True\nTrue\nTrue\n", client.Output.Text);
    }

    [Fact]
    public async Task The_input_of_a_terminal_becomes_datagrams_too()
    {
        await using var target = await DatagramSocket.BindAsync("udp://127.0.0.1:0", cancellationToken: Stop);
        await using var relay = RunningProgram.StartSwitchboard("relay", "-", $"{target.Local}", "--framing", "lines");
        await relay.WriteAsync("hello\n");
        var buffer = new byte[100];
        var heard = await target.ReceiveAsync(buffer, Stop);
        Assert.Equal("hello", Encoding.ASCII.GetString(buffer, 0, heard.Length));
        await target.SendToAsync("welcome"u8.ToArray(), heard.From, Stop);
        await relay.Output.WaitForAsync("welcome\n");

        relay.EndInput();

        Assert.Equal(0, await relay.ExitAsync());
    }

    [Fact]
    public async Task What_is_dropped_is_told_and_counted_and_ends_nothing()
    {
        await using var target = CommandRun.Start("serve", "echo", ":0", "--framing", "lines", "--json");
        await using var relay = CommandRun.Start(
            "relay", "udp://127.0.0.1:0", $"{await target.WaitForEndpointAsync()}",
            "--framing", "lines", "--max-frame", "10", "--max-connections", "1", "--json");
        var at = await relay.WaitForEndpointAsync();
        await using var client = await DatagramSocket.ConnectAsync(at, cancellationToken: Stop);
        await using var other = await DatagramSocket.ConnectAsync(at, cancellationToken: Stop);

        await client.SendAsync("a\nb"u8.ToArray(), Stop);
        await client.SendAsync("longer than ten"u8.ToArray(), Stop);
        await client.SendAsync("fits"u8.ToArray(), Stop);
        Assert.Equal(4, (await client.ReceiveAsync(new byte[100], Stop)).Length);
        await other.SendAsync("nobody"u8.ToArray(), Stop);

        var notAFrame = await relay.WaitForEventAsync("dropped");
        Assert.Equal("not-a-frame", notAFrame.GetProperty("reason").GetString());
        Assert.Equal($"{client.Local}", notAFrame.GetProperty("from").GetString());
        Assert.Equal(3, notAFrame.GetProperty("bytes").GetInt32());
        await relay.Output.WaitForLineAsync("\"event\":\"dropped\"", "\"reason\":\"no-room\"");
        relay.Interrupt();
        Assert.Equal(0, await relay.Exit);
        var ended = await relay.WaitForEventAsync("ended");
        Assert.Equal(2, ended.GetProperty("datagramsDropped").GetInt32());
        var end = await relay.WaitForEventAsync("end");
        Assert.Equal(3, end.GetProperty("datagramsDropped").GetInt32());
        Assert.Equal(4, end.GetProperty("datagramsReceived").GetInt32());
        Assert.Equal(1, end.GetProperty("datagramsSent").GetInt32());
    }

    [Fact]
    public async Task A_stream_to_datagrams_counts_its_drops_at_the_end()
    {
        await using var target = await DatagramSocket.BindAsync("udp://127.0.0.1:0", cancellationToken: Stop);
        await using var relay = CommandRun.Start(
            "relay", "127.0.0.1:0", $"{target.Local}", "--framing", "lines", "--json");
        await using var client = await Peer.ConnectAsync(await relay.WaitForEndpointAsync());
        await Peer.SendAsync(client, new string('x', 70_000) + "\n");

        var dropped = await relay.WaitForEventAsync("dropped");

        Assert.Equal("too-large", dropped.GetProperty("reason").GetString());
        client.Abort();
        relay.Interrupt();
        Assert.Equal(0, await relay.Exit);
        Assert.Equal(1, (await relay.WaitForEventAsync("end")).GetProperty("datagramsDropped").GetInt32());
    }

    [Fact]
    public async Task A_silent_address_is_let_go()
    {
        await using var target = CommandRun.Start("serve", "echo", ":0", "--framing", "lines", "--json");
        await using var relay = CommandRun.Start(
            "relay", "udp://127.0.0.1:0", $"{await target.WaitForEndpointAsync()}",
            "--framing", "lines", "--idle", "200ms", "--json");
        await using var client = await DatagramSocket.ConnectAsync(
            await relay.WaitForEndpointAsync(), cancellationToken: Stop);

        await client.SendAsync("x"u8.ToArray(), Stop);

        await relay.Output.WaitForLineAsync("\"event\":\"ended\"", "\"reason\":\"idle\"");
        await target.Output.WaitForLineAsync("\"event\":\"ended\"", "\"reason\":\"finished\"");
    }

    [Theory]
    [InlineData("a stream, which has no borders", "relay", "udp://localhost:0", ":1")]
    [InlineData("relay tcp://localhost:0 udp://localhost:1 --framing lines", "relay", ":0", "udp://localhost:1")]
    [InlineData("--framing does nothing", "relay", ":0", ":1", "--framing", "lines")]
    [InlineData("--framing does nothing", "relay", "udp://localhost:0", "udp://localhost:1", "--framing", "lines")]
    [InlineData("until-close", "relay", "udp://localhost:0", ":1", "--framing", "until-close")]
    [InlineData("Leave --tls out", "relay", "udp://localhost:0", ":1", "--framing", "lines", "--tls")]
    [InlineData("Leave --to-tls out", "relay", ":0", "udp://localhost:1", "--framing", "lines", "--to-tls")]
    public async Task What_does_not_fit_is_a_mistake_at_once(string why, params string[] arguments)
    {
        await using var run = await CommandRun.RunAsync(arguments);

        Assert.Equal(2, await run.Exit);
        Assert.Contains(why, run.Error.Text, StringComparison.Ordinal);
    }

    private static RunningProgram StartShell(string line, Endpoint at) =>
        RunningProgram.StartShell(line.Replace("PORT", $"{((HostEndpoint)at).Port}", StringComparison.Ordinal));
}
