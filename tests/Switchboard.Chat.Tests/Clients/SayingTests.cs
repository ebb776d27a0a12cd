using System.Text;
using Switchboard.Chat.Clients;
using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Clients;

public class SayingTests
{
    private static readonly ChatClientOptions Ada = ScriptedServer.Quick(TimeProvider.System);

    [Fact]
    public async Task What_is_said_comes_back_as_an_event_whether_the_server_echoes_or_not()
    {
        foreach (var capabilities in (string[])["", "echo-message server-time"])
        {
            await using var server = await ScriptedServer.StartAsync();
            await using var client = await server.ConnectAsync(Ada, capabilities);

            await client.SayAsync("#tea", "hello");
            Assert.Equal("PRIVMSG #tea :hello", await server.HearAsync());
            await server.SendAsync(capabilities.Length > 0
                ? "@time=2026-01-02T03:04:05.678Z;msgid=1 :ada!u@h PRIVMSG #tea :hello"
                : ":bob!u@h PRIVMSG #tea :hi");

            var said = await client.NextAsync<ChatSaid>();
            Assert.Equal(("ada", "#tea", "hello", true), (said.Nick, said.Talk, said.Text, said.IsOwn));
            Assert.Equal(capabilities.Length > 0 ? "1" : null, said.Id);
        }
    }

    [Fact]
    public async Task The_server_s_time_counts()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await server.ConnectAsync(Ada);

        await server.SendAsync(
            "@time=2026-01-02T03:04:05.678Z;account=b :bob!u@h PRIVMSG ada :\x01" + "ACTION waves\x01");

        var said = await client.NextAsync<ChatSaid>();
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), said.Time);
        Assert.Equal((ChatSaidKind.Action, "waves", "b"), (said.Kind, said.Text, said.Account));
    }

    [Theory]
    [InlineData(ChatSaidKind.Message, "PRIVMSG #tea :bed")]
    [InlineData(ChatSaidKind.Notice, "NOTICE #tea :bed")]
    [InlineData(ChatSaidKind.Action, "PRIVMSG #tea :\u0001ACTION bed\u0001")]
    [InlineData(ChatSaidKind.Request, "PRIVMSG #tea :\u0001bed\u0001")]
    public async Task Each_kind_is_written_as_the_protocol_has_it(ChatSaidKind kind, string line)
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await server.ConnectAsync(Ada);

        await client.SayAsync("#tea", "bed", kind);

        Assert.Equal(line, await server.HearAsync());
    }

    [Fact]
    public async Task Each_line_is_a_message_and_an_empty_one_is_none()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await server.ConnectAsync(Ada);

        await client.SayAsync("#tea", "one\r\n\ntwo\rQUIT\0");

        Assert.Equal("PRIVMSG #tea :one", await server.HearAsync());
        Assert.Equal("PRIVMSG #tea :two", await server.HearAsync());
        Assert.Equal("PRIVMSG #tea :QUIT", await server.HearAsync());
    }

    [Theory]
    [InlineData("word ")]
    [InlineData("wordwithoutanyend")]
    [InlineData("🙂")]
    [InlineData("漢字 ")]
    public void Long_text_is_cut_so_that_all_of_it_fits_and_none_is_lost(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 500)).TrimEnd();
        var view = new ChatView("ada", new ChatSupport(), []) { OwnSource = "ada!user@some.host" };

        var pieces = MessagePieces.Of(text, overhead: 20, view).ToList();

        Assert.All(pieces, piece => Assert.InRange(Encoding.UTF8.GetByteCount(piece), 1, 512 - 20 - 18));
        Assert.All(pieces, piece => Assert.DoesNotContain('\uFFFD', piece));
        Assert.Equal(text.Split(' '), string.Join("", pieces.Select(Spaced)).Split(' '));

        // A cut between words takes the space away.
        string Spaced(string piece, int place) => place > 0 && part.EndsWith(' ') ? $" {piece}" : piece;
    }

    [Fact]
    public async Task More_than_the_server_takes_at_once_waits_for_its_turn()
    {
        var clock = new ManualClock();
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await server.ConnectAsync(ScriptedServer.Quick(clock) with
        {
            MaxLinesAtOnce = 2,
            LineInterval = TimeSpan.FromSeconds(1),
        });

        var saying = client.SayAsync("#tea", "1\n2\n3");
        Assert.Equal("PRIVMSG #tea :1", await server.HearAsync());
        Assert.Equal("PRIVMSG #tea :2", await server.HearAsync());
        await clock.WaitForTimersAsync(1, within: TimeSpan.FromSeconds(1));
        Assert.False(saying.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("PRIVMSG #tea :3", await server.HearAsync());
        await saying.Soon();
    }

    [Fact]
    public async Task A_flush_is_complete_when_the_server_has_read_everything_before()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await server.ConnectAsync(Ada);

        var flushing = client.FlushAsync();
        var ping = await server.HearAsync();
        await server.SendAsync(":s PONG s :somebody-else");
        Assert.False(flushing.IsCompleted);
        await server.SendAsync($":s PONG s :{ping.Split(' ')[1]}");

        await flushing.Soon();
    }

    [Fact]
    public async Task Closing_says_goodbye_and_ends_the_events()
    {
        await using var server = await ScriptedServer.StartAsync();
        var client = await server.ConnectAsync(Ada);

        var quitting = client.QuitAsync("tea is ready");
        Assert.Equal("QUIT :tea is ready", await server.HearAsync());
        await server.DropAsync();
        await quitting.Soon();

        while (await client.ReceiveAsync().Soon() is not null)
        {
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.SayAsync("#tea", "late").Soon());
    }
}
