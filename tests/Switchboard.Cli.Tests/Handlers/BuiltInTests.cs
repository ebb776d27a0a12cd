using System.Buffers.Binary;
using System.Text;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Options;

namespace Switchboard.Cli.Tests.Handlers;

public sealed class BuiltInTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 22, 30, 59, TimeSpan.Zero);

    [Theory]
    [InlineData("echo", null, "Hello", "Hello")]
    [InlineData("echo", null, "", "")]
    [InlineData("echo", "lines", "a\r\nb\n", "a\nb\n")]
    [InlineData("echo", "until-close", "all of it", "all of it")]
    [InlineData("discard", null, "Hello", "")]
    [InlineData("reverse", null, "Hello, world!", "!dlrow ,olleH")]
    [InlineData("reverse", null, "", "")]
    [InlineData("reverse", "lines", "abc\ndef\n", "cba\nfed\n")]
    [InlineData("reverse", "fixed:2", "abcd", "badc")]
    [InlineData("reverse", @"delimited:\0", "abc\0", "cba\0")]
    [InlineData("reverse", "until-close", "ab\ncd", "dc\nba")]
    [InlineData("greet", null, "", "Hello, Client! Welcome to the server.")]
    public async Task It_answers(string service, string? framing, string question, string answer)
    {
        var (connection, served) = Serve(service, framing, Now);

        Assert.Equal(answer, await Peer.AskAsync(connection, question));
        await served;
    }

    [Fact]
    public async Task Without_a_framing_reverse_answers_one_receive_of_at_most_1024_bytes()
    {
        var (connection, served) = Serve("reverse", framing: null, Now);

        var answer = await Peer.AskAsync(connection, new string('a', 1023) + "b" + new string('c', 500));

        Assert.Equal("b" + new string('a', 1023), answer);
        await served;
    }

    [Fact]
    public async Task Echo_sends_back_more_than_any_buffer_holds()
    {
        var question = string.Concat(Enumerable.Range(0, 40_000).Select(number => $"{number} "));
        var (connection, served) = Serve("echo", framing: null, Now);

        Assert.Equal(question, await Peer.ExchangeAsync(connection, question));
        await served;
    }

    [Fact]
    public async Task Daytime_is_the_local_time_with_its_distance_from_utc()
    {
        var (connection, served) = Serve("daytime", framing: null, Now);

        Assert.Equal("Saturday, November 21, 2026 00:30:59 +02:00\r\n", await Peer.AskAsync(connection, ""));
        await served;
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 2_208_988_800)]
    [InlineData("1980-01-01T00:00:00Z", 2_524_521_600)]
    [InlineData("2036-02-07T06:28:15Z", uint.MaxValue)]
    public async Task Time_is_the_seconds_since_1900_most_significant_byte_first(string now, uint seconds)
    {
        var (connection, served) = Serve("time", framing: null, Parse(now));
        await Peer.FinishAsync(connection);

        Assert.Equal(seconds, BinaryPrimitives.ReadUInt32BigEndian(await Peer.HearAllAsync(connection)));
        await served;
    }

    [Fact]
    public async Task Time_closes_in_silence_once_its_four_bytes_have_run_out()
    {
        var (connection, served) = Serve("time", framing: null, Parse("2036-02-07T06:28:16Z"));
        await Peer.FinishAsync(connection);

        Assert.Empty(await Peer.HearAllAsync(connection));
        await served;
    }

    [Fact]
    public async Task Chargen_rotates_lines_of_72_characters_until_the_peer_leaves()
    {
        const int LineBytes = 74;
        var (connection, served) = Serve("chargen", framing: null, Now);

        var lines = Encoding.ASCII.GetString(await Peer.HearExactlyAsync(connection, 96 * LineBytes)).Split("\r\n");
        connection.Abort();

        Assert.Equal(""" !"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefg""", lines[0]);
        Assert.Equal(lines[0][1..] + "h", lines[1]);
        Assert.All(lines[..^1], line => Assert.Equal(72, line.Length));
        Assert.Equal(lines[0], lines[95]);
        await Assert.ThrowsAnyAsync<ConnectionException>(() => served);
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("discard")]
    [InlineData("reverse")]
    [InlineData("chargen")]
    public async Task It_ends_when_the_server_stops(string service)
    {
        using var stopping = new CancellationTokenSource();
        var (connection, served) = ServeUntil(service, framing: null, Now, stopping.Token);

        await stopping.CancelAsync();
        await Peer.FinishAsync(connection);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => served);
    }

    [Fact]
    public void Each_has_a_port_of_its_own_from_the_first_one_up()
    {
        // The chat's page, which only a chat of its own has, lies between the chat and the board.
        Assert.Equal(
            Enumerable.Range(BuiltIns.FirstPort, BuiltIns.Everything.Count + 1).Except([BuiltIns.ChatPage.Port]),
            BuiltIns.Everything.Select(service => service.Port));
    }

    private static DateTimeOffset Parse(string time) =>
        DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    private static (Connection Peer, Task Served) Serve(string service, string? framing, DateTimeOffset now) =>
        ServeUntil(service, framing, now, CancellationToken.None);

    private static (Connection Peer, Task Served) ServeUntil(
        string service, string? framing, DateTimeOffset now, CancellationToken stopping)
    {
        var (peer, served) = Connection.CreatePair();
        var chosen = framing is null ? null : FramingText.Parse(framing)(1024 * 1024);
        var handler = BuiltIns.Parse(service).Start(new HandlerOptions(chosen, new FixedTime(now)));
        return (peer, RunAsync());

        async Task RunAsync()
        {
            await using (served)
            {
                await handler(served, stopping);
            }
        }
    }
}
