using System.Text;

namespace Switchboard.Chat.Tests.Serving;

public class RegistrationTests
{
    [Fact]
    public async Task Whoever_says_a_nick_and_a_user_is_welcomed()
    {
        await using var chat = new TestChat();
        var client = chat.Connect();

        await client.SendAsync("NICK alice", "USER al 0 * :Alice A");
        var lines = await client.ReceiveUntilAsync("422");

        Assert.Equal(":irc.test 001 alice :Welcome to Test, alice!~al@localhost", lines[0]);
        Assert.Equal(
            ["001", "002", "003", "004", "005", "005", "251", "252", "253", "254", "255", "265", "266", "422"],
            lines.Select(line => line.Split(' ')[1]));
        Assert.Equal(1, chat.Server.PeopleCount);
    }

    [Theory]
    [InlineData("NICK", ":irc.test 431 * :No nickname given")]
    [InlineData("NICK 1abc", ":irc.test 432 * 1abc :Erroneous nickname")]
    [InlineData("NICK a!b", ":irc.test 432 * a!b :Erroneous nickname")]
    [InlineData("NICK taken", ":irc.test 433 * taken :Nickname is already in use")]
    [InlineData("NICK TAKEN", ":irc.test 433 * TAKEN :Nickname is already in use")]
    [InlineData("NICK NickServ", null)]
    [InlineData("USER a b c", ":irc.test 461 * USER :Not enough parameters")]
    [InlineData("JOIN #a", ":irc.test 451 * :You have not registered")]
    [InlineData("NONSENSE", ":irc.test 451 * :You have not registered")]
    [InlineData("PASS", ":irc.test 461 * PASS :Not enough parameters")]
    [InlineData("CAP NONSENSE", ":irc.test 410 * NONSENSE :Invalid CAP command")]
    [InlineData("PING", ":irc.test 409 * :No origin specified")]
    [InlineData("", null)]
    [InlineData("PONG x", null)]
    public async Task Before_that_each_mistake_has_its_answer(string line, string? answer)
    {
        await using var chat = new TestChat();
        await chat.ArriveAsync("taken");
        var client = chat.Connect();

        var lines = await client.AskAsync(line);

        Assert.Equal(answer is null ? [] : [answer], lines);
    }

    [Fact]
    public async Task Of_two_who_want_a_nick_that_is_free_the_first_to_register_gets_it()
    {
        await using var chat = new TestChat();
        var (first, second) = (chat.Connect(), chat.Connect());
        Assert.Empty(await first.AskAsync("NICK same"));
        Assert.Empty(await second.AskAsync("NICK SAME"));

        await first.SendAsync("USER a 0 * :a");
        await first.ReceiveUntilAsync("422");

        Assert.Equal(
            [":irc.test 433 SAME SAME :Nickname is already in use"], await second.AskAsync("USER b 0 * :b"));
        await second.SendAsync("NICK other");
        await second.ReceiveUntilAsync("422");
    }

    [Theory]
    [InlineData("USER a b c d")]
    [InlineData("PASS x")]
    public async Task Nobody_registers_twice(string line)
    {
        await using var chat = new TestChat();
        var alice = await chat.ArriveAsync("alice");

        Assert.Equal([":irc.test 462 alice :You may not reregister"], await alice.AskAsync(line));
    }

    [Fact]
    public async Task A_server_with_a_password_lets_in_who_knows_it()
    {
        await using var chat = new TestChat(options => options with { Password = "sesame" });
        var right = chat.Connect();
        await right.SendAsync("PASS sesame", "NICK a", "USER a 0 * :a");
        await right.ReceiveUntilAsync("422");

        var wrong = chat.Connect();
        await wrong.SendAsync("PASS wrong", "NICK b", "USER a 0 * :a");

        Assert.Equal(
            [":irc.test 464 b :Password incorrect", "ERROR :Closing link: b[localhost] (Password incorrect)"],
            await wrong.ReceiveToEndAsync());
    }

    [Fact]
    public async Task Whoever_negotiates_is_welcomed_when_that_is_over()
    {
        await using var chat = new TestChat();
        var client = chat.Connect();

        var before = await client.AskAsync("CAP LS 302", "NICK a", "USER a 0 * :a", "CAP REQ :batch server-time");
        await client.SendAsync("CAP END");
        var after = await client.ReceiveUntilAsync("422");

        Assert.StartsWith(":irc.test CAP * LS :account-notify ", before[0], StringComparison.Ordinal);
        Assert.Contains(" sasl=PLAIN ", before[0], StringComparison.Ordinal);
        Assert.EndsWith(" :irc.test CAP a ACK :batch server-time", before[1], StringComparison.Ordinal);
        Assert.StartsWith("@time=2026-01-02T03:04:05.000Z :irc.test 001 a ", after[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Capabilities_are_listed_taken_and_given_back_together_or_not_at_all()
    {
        await using var chat = new TestChat();
        var client = chat.Connect();

        Assert.Equal([":irc.test CAP * ACK :batch setname"], await client.AskAsync("CAP REQ :batch setname"));
        Assert.Equal([":irc.test CAP * LIST :batch setname"], await client.AskAsync("CAP LIST"));
        Assert.Equal([":irc.test CAP * NAK :-batch nonsense"], await client.AskAsync("CAP REQ :-batch nonsense"));
        Assert.Equal([":irc.test CAP * ACK -batch"], await client.AskAsync("CAP REQ :-batch"));
        Assert.Equal([":irc.test CAP * LIST setname"], await client.AskAsync("CAP LIST"));
    }

    [Fact]
    public async Task Whoever_leaves_is_told_goodbye_and_others_hear_the_reason()
    {
        await using var chat = new TestChat();
        var clients = await chat.ArriveInRoomAsync("#a", "alice", "bob");

        await clients[0].SendAsync("QUIT :so long");

        Assert.Equal(
            ["ERROR :Closing link: alice[localhost] (Quit: so long)"], await clients[0].ReceiveToEndAsync());
        Assert.Equal(":alice!~alice@localhost QUIT :Quit: so long", await clients[1].ReceiveAsync());
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_refused_in_words()
    {
        await using var chat = new TestChat();
        var client = await chat.ArriveAsync("a", "standard-replies");

        await client.SendAsync([.. "PRIVMSG a :"u8, 0xC3, 0x28]);

        Assert.Equal([":irc.test FAIL * INVALID_UTF8 :Messages must be UTF-8"], await client.SyncAsync());
    }

    [Theory]
    [InlineData(511, false)]
    [InlineData(510, true)]
    public async Task A_line_has_512_bytes_with_its_ending(int bytes, bool isTaken)
    {
        await using var chat = new TestChat();
        var client = await chat.ArriveAsync("a");

        var lines = await client.AskAsync("AWAY :".PadRight(bytes, 'x'));

        Assert.Equal(
            isTaken
                ? ":irc.test 306 a :You have been marked as being away"
                : ":irc.test 417 a :Input line was too long",
            Assert.Single(lines));
    }

    [Fact]
    public async Task A_line_without_an_end_ends_its_connection_and_no_other()
    {
        await using var chat = new TestChat();
        var alice = await chat.ArriveAsync("alice");
        var bob = await chat.ArriveAsync("bob");

        await bob.Connection.SendAsync(Encoding.ASCII.GetBytes(new string('x', 40_000)));

        Assert.Equal(
            ["ERROR :Closing link: bob[localhost] (A line was too long, or was not ended)"],
            await bob.ReceiveToEndAsync());
        Assert.Empty(await alice.SyncAsync());
    }
}
