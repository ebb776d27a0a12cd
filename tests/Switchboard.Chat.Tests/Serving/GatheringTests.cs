using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Serving;

/// <summary>In a large, busy room lines wait for each other, and nothing overtakes them.</summary>
public sealed class GatheringTests : IAsyncDisposable
{
    private const int Members = 400;

    // 50 microseconds for each member.
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(20);

    private readonly TestChat _chat = new();

    public async ValueTask DisposeAsync() => await _chat.DisposeAsync();

    [Fact]
    public async Task The_first_line_after_a_pause_goes_at_once_and_the_next_ones_together()
    {
        var (speaker, listener) = await FillRoomAsync();

        await speaker.AskAsync("PRIVMSG #r :one");
        Assert.EndsWith("PRIVMSG #r :one", await listener.ReceiveAsync(), StringComparison.Ordinal);
        await speaker.AskAsync("PRIVMSG #r :two", "PRIVMSG #r :three");
        var next = listener.ReceiveAsync();
        _chat.Clock.Advance(Wait - TimeSpan.FromTicks(1));
        Assert.False(next.IsCompleted);
        _chat.Clock.Advance(TimeSpan.FromTicks(1));

        Assert.EndsWith("PRIVMSG #r :two", await next, StringComparison.Ordinal);
        Assert.EndsWith("PRIVMSG #r :three", await listener.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_to_one_goes_behind_what_waited()
    {
        var (speaker, listener) = await FillRoomAsync();

        await speaker.AskAsync("PRIVMSG #r :one", "PRIVMSG #r :two", "PRIVMSG n1 :three", "PRIVMSG #r :four");

        var heard = new List<string?>();
        while (heard.Count < 3)
        {
            heard.Add((await listener.ReceiveAsync())?[^3..]);
        }

        Assert.Equal(["one", "two", "ree"], heard);
    }

    [Fact]
    public async Task Who_says_and_does_something_learns_at_once_of_it()
    {
        var (speaker, _) = await FillRoomAsync();

        var answers = await speaker.AskAsync("PRIVMSG #r :one", "TOPIC #r :tea", "PRIVMSG #r :two", "PART #r");

        Assert.Contains(answers, line => line.EndsWith("TOPIC #r :tea", StringComparison.Ordinal));
        Assert.Contains(answers, line => line.EndsWith("PART #r", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_than_enough_do_not_wait_for_the_clock()
    {
        var (speaker, listener) = await FillRoomAsync();

        await speaker.AskAsync([.. Enumerable.Range(0, 65).Select(number => $"PRIVMSG #r :{number}")]);

        for (var number = 0; number < 65; number++)
        {
            Assert.EndsWith($"PRIVMSG #r :{number}", await listener.ReceiveAsync(), StringComparison.Ordinal);
        }
    }

    /// <summary>A room that has been quiet for long, with everything read.</summary>
    private async Task<(ScriptedClient Speaker, ScriptedClient Listener)> FillRoomAsync()
    {
        // Who comes first is the room's operator.
        var speaker = await JoinAsync(0);
        var others = await Task.WhenAll(Enumerable.Range(1, Members - 1).Select(JoinAsync));
        _chat.Clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(speaker.SyncAsync(), others[0].SyncAsync()).Soon();
        return (speaker, others[0]);
    }

    private async Task<ScriptedClient> JoinAsync(int number)
    {
        var client = await _chat.ArriveAsync($"n{number}");
        await client.AskAsync("JOIN #r");
        return client;
    }
}
