using Switchboard.Chat.Tests.Serving;

namespace Switchboard.Chat.Tests.Commands;

public class RoomTests
{
    [Fact]
    public async Task The_first_in_a_room_is_its_operator_and_is_shown_who_is_there()
    {
        await using var chat = new TestChat();
        var alice = await chat.ArriveAsync("alice");
        var bob = await chat.ArriveAsync("bob");

        Assert.Equal(
            [
                ":alice!~alice@localhost JOIN #Room",
                ":irc.test 353 alice = #Room @alice",
                ":irc.test 366 alice #Room :End of /NAMES list",
            ],
            await alice.AskAsync("JOIN #Room"));
        Assert.Equal(
            [
                ":bob!~bob@localhost JOIN #Room",
                ":irc.test 353 bob = #Room :@alice bob",
                ":irc.test 366 bob #Room :End of /NAMES list",
            ],
            await bob.AskAsync("JOIN #room"));
        Assert.Equal([":bob!~bob@localhost JOIN #Room"], await alice.SyncAsync());
    }

    [Theory]
    [InlineData("JOIN", ":irc.test 461 bob JOIN :Not enough parameters")]
    [InlineData("JOIN room", ":irc.test 403 bob room :No such channel")]
    [InlineData("JOIN #", ":irc.test 403 bob # :No such channel")]
    [InlineData("JOIN #r", null)]
    [InlineData("PART #none", ":irc.test 403 bob #none :No such channel")]
    [InlineData("PART #other", ":irc.test 442 bob #other :You're not on that channel")]
    [InlineData("PART #secret", ":irc.test 403 bob #secret :No such channel")]
    [InlineData("TOPIC #none", ":irc.test 403 bob #none :No such channel")]
    [InlineData("TOPIC #r", ":irc.test 331 bob #r :No topic is set")]
    [InlineData("TOPIC #r :x", ":irc.test 482 bob #r :You're not channel operator")]
    [InlineData("TOPIC #other :x", ":irc.test 442 bob #other :You're not on that channel")]
    [InlineData("KICK #r", ":irc.test 461 bob KICK :Not enough parameters")]
    [InlineData("KICK #r alice", ":irc.test 482 bob #r :You're not channel operator")]
    [InlineData("KICK #other alice", ":irc.test 442 bob #other :You're not on that channel")]
    [InlineData("INVITE alice", ":irc.test 461 bob INVITE :Not enough parameters")]
    [InlineData("INVITE nobody #r", ":irc.test 401 bob nobody :No such nick/channel")]
    [InlineData("INVITE alice #none", ":irc.test 403 bob #none :No such channel")]
    [InlineData("INVITE alice #r", ":irc.test 443 bob alice #r :is already on channel")]
    [InlineData("MODE", ":irc.test 461 bob MODE :Not enough parameters")]
    [InlineData("MODE #none", ":irc.test 403 bob #none :No such channel")]
    [InlineData("MODE #r +m", ":irc.test 482 bob #r :You're not channel operator")]
    [InlineData("MODE #r +Z", ":irc.test 472 bob Z :is unknown mode char to me")]
    [InlineData("MODE #r b", ":irc.test 368 bob #r :End of channel ban list")]
    [InlineData("MODE #r +e", ":irc.test 349 bob #r :End of channel exception list")]
    [InlineData("MODE #r +I", ":irc.test 347 bob #r :End of channel invite exception list")]
    [InlineData("MODE #r +o", ":irc.test 696 bob #r o * :You must name a nick")]
    [InlineData("MODE #r +k", ":irc.test 696 bob #r k * :You must name a key")]
    [InlineData("MODE #r +l x", ":irc.test 696 bob #r l x :The limit must be a number above 0")]
    [InlineData("MODE #r +k a,b", ":irc.test 525 bob #r :Key is not well-formed")]
    [InlineData("MODE #r +o nobody", ":irc.test 401 bob nobody :No such nick/channel")]
    [InlineData("MODE #r +v carol", ":irc.test 441 bob carol #r :They aren't on that channel")]
    [InlineData("MODE alice +i", ":irc.test 502 bob :Cannot change mode for other users")]
    [InlineData("MODE bob +Z", ":irc.test 501 bob :Unknown MODE flag")]
    [InlineData("MODE bob", ":irc.test 221 bob +")]
    [InlineData("MODE bob +i", ":bob!~bob@localhost MODE bob +i")]
    [InlineData("NAMES #secret", ":irc.test 366 bob #secret :End of /NAMES list")]
    [InlineData("PRIVMSG #other :x", ":irc.test 404 bob #other :Cannot send to channel")]
    [InlineData("PRIVMSG #none :x", ":irc.test 403 bob #none :No such channel")]
    [InlineData("PRIVMSG", ":irc.test 411 bob :No recipient given (PRIVMSG)")]
    [InlineData("PRIVMSG alice", ":irc.test 412 bob :No text to send")]
    [InlineData("PRIVMSG nobody :x", ":irc.test 401 bob nobody :No such nick/channel")]
    [InlineData("TAGMSG alice", ":irc.test 421 bob TAGMSG :Unknown command")]
    [InlineData("NONSENSE", ":irc.test 421 bob NONSENSE :Unknown command")]
    [InlineData("PR1VMSG x", ":irc.test 421 bob PR1VMSG :Unknown command")]
    [InlineData("WHOIS", ":irc.test 431 bob :No nickname given")]
    [InlineData("SETNAME", ":irc.test 461 bob SETNAME :Not enough parameters")]
    [InlineData("ISON alice nobody bob", ":irc.test 303 bob :alice bob")]
    [InlineData("USERHOST alice", ":irc.test 302 bob alice=+~alice@localhost")]
    [InlineData("TIME", ":irc.test 391 bob irc.test :Friday, 2 January 2026 03:04:05 UTC")]
    [InlineData("MOTD", ":irc.test 422 bob :There is no message of the day")]
    [InlineData("AWAY", ":irc.test 305 bob :You are no longer marked as being away")]
    public async Task Each_question_and_each_mistake_has_its_answer(string line, string? answer)
    {
        await using var chat = new TestChat();
        var clients = await chat.ArriveInRoomAsync("#r", "alice", "bob");
        var carol = await chat.ArriveAsync("carol");
        await carol.AskAsync("JOIN #other", "JOIN #secret", "MODE #secret +s");

        var lines = await clients[1].AskAsync(line);

        Assert.Equal(answer is null ? [] : [answer], lines);
    }

    [Fact]
    public async Task A_topic_is_told_to_all_and_shown_to_who_comes_later()
    {
        await using var chat = new TestChat();
        var clients = await chat.ArriveInRoomAsync("#r", "alice", "bob");

        await clients[0].SendAsync("TOPIC #r :all of it");

        Assert.Equal(":alice!~alice@localhost TOPIC #r :all of it", await clients[1].ReceiveAsync());
        var carol = await chat.ArriveAsync("carol");
        var lines = await carol.AskAsync("JOIN #r");
        Assert.Equal(":irc.test 332 carol #r :all of it", lines[1]);
        Assert.Equal(":irc.test 333 carol #r alice!~alice@localhost 1767323045", lines[2]);
    }

    [Fact]
    public async Task Modes_are_shown_and_do_what_they_say()
    {
        await using var chat = new TestChat();
        var clients = await chat.ArriveInRoomAsync("#r", "alice", "bob");
        var (alice, bob) = (clients[0], clients[1]);

        Assert.Equal(
            [
                ":irc.test 472 alice x :is unknown mode char to me",
                ":alice!~alice@localhost MODE #r +mklv-n secret 5 bob",
            ],
            await alice.AskAsync("MODE #r +mklv-nx secret 5 bob", "MODE #r +m"));
        Assert.Equal(
            [":irc.test 324 alice #r +mtkl secret 5", ":irc.test 329 alice #r 1767323045"],
            await alice.AskAsync("MODE #r"));
        await bob.SyncAsync();
        Assert.Equal([], await bob.AskAsync("PRIVMSG #r :with a voice"));
        var carol = await chat.ArriveAsync("carol");
        Assert.Equal([":irc.test 475 carol #r :Cannot join channel (+k)"], await carol.AskAsync("JOIN #r wrong"));
        Assert.Equal([":irc.test 404 carol #r :Cannot send to channel"], await carol.AskAsync("PRIVMSG #r :x"));
        await alice.AskAsync("MODE #r -k+il * 2");
        Assert.Equal([":irc.test 473 carol #r :Cannot join channel (+i)"], await carol.AskAsync("JOIN #r"));
        await alice.AskAsync("MODE #r -i");
        Assert.Equal([":irc.test 471 carol #r :Cannot join channel (+l)"], await carol.AskAsync("JOIN #r"));
    }

    [Fact]
    public async Task Bans_keep_people_out_exceptions_and_invitations_let_them_in()
    {
        await using var chat = new TestChat();
        var alice = (await chat.ArriveInRoomAsync("#r", "alice"))[0];
        var carol = await chat.ArriveAsync("Carol");

        Assert.Equal([":alice!~alice@localhost MODE #r +b car*!*@*"], await alice.AskAsync("MODE #r +b car*"));
        Assert.Equal(
            [
                ":irc.test 367 alice #r car*!*@* alice!~alice@localhost 1767323045",
                ":irc.test 368 alice #r :End of channel ban list",
            ],
            await alice.AskAsync("MODE #r b"));
        Assert.Equal([":irc.test 474 Carol #r :Cannot join channel (+b)"], await carol.AskAsync("JOIN #r"));
        await alice.AskAsync("MODE #r +e *!*@localhost");
        Assert.Equal(3, (await carol.AskAsync("JOIN #r")).Count);
        await carol.AskAsync("PART #r");
        await alice.AskAsync("MODE #r -e+i *!*@localhost");
        Assert.Equal([":irc.test 341 alice Carol #r"], await alice.AskAsync("INVITE carol #r"));
        Assert.Equal([":alice!~alice@localhost INVITE Carol #r"], await carol.SyncAsync());
        Assert.Equal(3, (await carol.AskAsync("JOIN #r")).Count);
    }

    [Fact]
    public async Task Whoever_is_kicked_hears_why_and_is_out()
    {
        await using var chat = new TestChat();
        var clients = await chat.ArriveInRoomAsync("#r", "alice", "bob");

        await clients[0].SendAsync("KICK #r bob :enough", "KICK #r bob");

        Assert.Equal(":alice!~alice@localhost KICK #r bob :enough", await clients[1].ReceiveAsync());
        Assert.Equal(
            [":alice!~alice@localhost KICK #r bob :enough", ":irc.test 441 alice bob #r :They aren't on that channel"],
            await clients[0].SyncAsync());
        Assert.Equal([":irc.test 442 bob #r :You're not on that channel"], await clients[1].AskAsync("PART #r"));
    }

    [Fact]
    public async Task A_room_is_gone_with_its_last_member()
    {
        await using var chat = new TestChat();
        var alice = (await chat.ArriveInRoomAsync("#r", "alice"))[0];
        Assert.Equal(1, chat.Server.RoomCount);

        Assert.Equal([":alice!~alice@localhost PART #r :bye"], await alice.AskAsync("PART #r :bye"));

        Assert.Equal(0, chat.Server.RoomCount);
    }

    [Fact]
    public async Task A_change_of_nick_is_told_once_to_everybody_who_shares_a_room()
    {
        await using var chat = new TestChat();
        var clients = await chat.ArriveInRoomAsync("#r", "alice", "bob");
        await clients[0].AskAsync("JOIN #s");
        await clients[1].AskAsync("JOIN #s");
        await clients[0].SyncAsync();

        Assert.Equal([":alice!~alice@localhost NICK Alice2"], await clients[0].AskAsync("NICK Alice2"));

        Assert.Equal([":alice!~alice@localhost NICK Alice2"], await clients[1].SyncAsync());
        Assert.Contains(
            ":irc.test 314 bob alice ~alice localhost * :Real alice", await clients[1].AskAsync("WHOWAS ALICE"));
    }

    [Fact]
    public async Task Who_and_whois_tell_what_may_be_known()
    {
        await using var chat = new TestChat();
        var clients = await chat.ArriveInRoomAsync("#r", "alice", "bob");
        await clients[0].AskAsync("AWAY :out", "MODE alice +B");

        Assert.Equal(
            [
                ":irc.test 352 bob #r ~alice localhost irc.test alice GB@ :0 Real alice",
                ":irc.test 352 bob #r ~bob localhost irc.test bob H :0 Real bob",
                ":irc.test 315 bob #r :End of WHO list",
            ],
            await clients[1].AskAsync("WHO #r"));
        Assert.Equal(
            [
                ":irc.test 354 bob 42 #r alice GB@ 0",
                ":irc.test 354 bob 42 #r bob H 0",
                ":irc.test 315 bob #r :End of WHO list",
            ],
            await clients[1].AskAsync("WHO #r %tcnfa,42"));
        Assert.Equal(
            [
                ":irc.test 311 bob alice ~alice localhost * :Real alice",
                ":irc.test 319 bob alice @#r",
                ":irc.test 312 bob alice irc.test Test",
                ":irc.test 301 bob alice out",
                ":irc.test 335 bob alice :is a bot",
                ":irc.test 317 bob alice 0 1767323045 :seconds idle, signon time",
                ":irc.test 318 bob alice :End of /WHOIS list",
            ],
            await clients[1].AskAsync("WHOIS alice"));
    }

    [Fact]
    public async Task Lists_of_rooms_show_what_fits()
    {
        await using var chat = new TestChat();
        await chat.ArriveInRoomAsync("#big", "alice", "bob");
        var carol = (await chat.ArriveInRoomAsync("#small", "carol"))[0];

        Assert.Equal(4, (await carol.AskAsync("LIST")).Count);
        Assert.Equal(":irc.test 322 carol #big 2 :", (await carol.AskAsync("LIST >1"))[1]);
        Assert.Equal(":irc.test 322 carol #small 1 :", (await carol.AskAsync("LIST #s*,<2"))[1]);
    }
}
