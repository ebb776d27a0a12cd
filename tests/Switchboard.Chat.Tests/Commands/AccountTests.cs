using System.Text;
using Switchboard.Chat.Tests.Serving;

namespace Switchboard.Chat.Tests.Commands;

public class AccountTests
{
    [Fact]
    public async Task A_nick_is_made_ones_own_and_is_kept_from_others()
    {
        await using var chat = new TestChat();
        var alice = await chat.ArriveAsync("alice", "account-notify");

        Assert.Equal(
            [
                ":irc.test REGISTER SUCCESS alice :The account alice is yours",
                ":alice!~alice@localhost ACCOUNT alice",
                ":irc.test 900 alice alice!~alice@localhost alice :You are now logged in as alice",
            ],
            await alice.AskAsync("REGISTER * * secret"));
        await alice.AskAsync("NICK other");
        var thief = chat.Connect();

        var lines = await thief.AskAsync("NICK Alice", "USER x 0 * :x");

        Assert.StartsWith(
            ":irc.test 433 Alice Alice :Nickname belongs to an account",
            Assert.Single(lines),
            StringComparison.Ordinal);
        await thief.SendAsync("NICK thief");
        await thief.ReceiveUntilAsync("422");
        Assert.StartsWith(
            ":irc.test 433 thief alice ", Assert.Single(await thief.AskAsync("NICK alice")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("REGISTER other * secret", "ACCOUNT_NAME_MUST_BE_NICK other")]
    [InlineData("REGISTER * * abc", "WEAK_PASSWORD alice")]
    public async Task A_registration_that_cannot_be_says_why(string line, string reason)
    {
        await using var chat = new TestChat();
        var alice = await chat.ArriveAsync("alice", "standard-replies");

        Assert.StartsWith(
            $":irc.test FAIL REGISTER {reason} :", Assert.Single(await alice.AskAsync(line)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_may_take_no_registrations()
    {
        await using var chat = new TestChat(options => options with { TakesRegistrations = false });
        var alice = await chat.ArriveAsync("alice");

        Assert.Equal(
            [":irc.test NOTICE alice :*** This server takes no registrations"],
            await alice.AskAsync("REGISTER * * secret"));
        Assert.DoesNotContain(
            "account-registration", (await alice.AskAsync("CAP LS 302"))[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\0alice\0secret", true)]
    [InlineData("alice\0ALICE\0secret", true)]
    [InlineData("\0alice\0wrong", false)]
    [InlineData("bob\0alice\0secret", false)]
    [InlineData("\0nobody\0secret", false)]
    [InlineData("alice", false)]
    public async Task SASL_PLAIN_signs_in_who_knows_the_password(string words, bool isIn)
    {
        await using var chat = new TestChat();
        var alice = await chat.ArriveAsync("alice");
        await alice.AskAsync("REGISTER * * secret", "NICK free");
        var client = chat.Connect();

        Assert.Equal(["AUTHENTICATE +"], (await client.AskAsync("CAP REQ sasl", "NICK alice", "AUTHENTICATE PLAIN"))
            .Skip(1).Select(line => line.Replace(":irc.test ", "", StringComparison.Ordinal)));
        var lines = await client.AskAsync("AUTHENTICATE " + Convert.ToBase64String(Encoding.UTF8.GetBytes(words)));

        Assert.Equal(isIn ? ["900", "903"] : ["904"], lines.Select(line => line.Split(' ')[1]));
        if (isIn)
        {
            await client.SendAsync("USER alice 0 * :Alice", "CAP END");
            await client.ReceiveUntilAsync("422");
        }
    }

    [Fact]
    public async Task SASL_PLAIN_takes_no_password_that_is_no_text()
    {
        await using var chat = new TestChat();
        var alice = await chat.ArriveAsync("alice");
        await alice.AskAsync("REGISTER * * secret\uFFFD");
        var client = chat.Connect();
        await client.AskAsync("AUTHENTICATE PLAIN");

        var lines = await client.AskAsync(
            "AUTHENTICATE " + Convert.ToBase64String([.. "\0alice\0secret"u8, 0xFF]));

        Assert.Contains(" 904 ", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registering_a_name_that_is_taken_costs_no_hash_and_counts_as_a_guess()
    {
        await using var store = new MemoryChatStore();

        // One hash would take longer than any answer is waited for.
        await using var chat = new TestChat(
            options => options with { Store = store, PasswordIterations = 100_000_000 });
        var alice = await chat.ArriveAsync("alice", "standard-replies");
        await store.TryAddAccountAsync(new StoredAccount("alice", "alice", null, null, chat.Clock.GetUtcNow(), null));

        await alice.SendAsync("REGISTER * * secret", "REGISTER * * secret", "PRIVMSG NickServ :REGISTER secret");

        var lines = await alice.ReceiveToEndAsync();
        Assert.Equal(
            [.. Enumerable.Repeat(
                ":irc.test FAIL REGISTER ACCOUNT_EXISTS alice :There is an account of that name", 3)],
            lines.SkipLast(1));
        Assert.EndsWith("(Too many refused passwords)", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_signs_in_while_the_database_is_away_is_told_that_it_failed_and_may_go_on()
    {
        await using var store = new SlowStore { Fails = true };
        await using var chat = new TestChat(options => options with { Store = store });
        var client = chat.Connect();
        await client.AskAsync("CAP REQ sasl", "NICK alice", "USER alice 0 * :Alice", "AUTHENTICATE PLAIN");

        var lines = await client.AskAsync("AUTHENTICATE " + Convert.ToBase64String("\0alice\0secret"u8));

        Assert.Collection(
            lines,
            line => Assert.StartsWith(":irc.test 904 alice", line, StringComparison.Ordinal),
            line => Assert.Contains("cannot look that up now", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AUTHENTICATE NONSENSE", "908 904")]
    [InlineData("AUTHENTICATE EXTERNAL", "908 904")]
    [InlineData("AUTHENTICATE *", "906")]
    [InlineData("AUTHENTICATE PLAIN|AUTHENTICATE !!!", "AUTHENTICATE 904")]
    [InlineData("AUTHENTICATE", "461")]
    public async Task Other_ways_to_sign_in_are_refused(string lines, string answers)
    {
        await using var chat = new TestChat();
        var client = chat.Connect();

        var told = await client.AskAsync(lines.Split('|'));

        Assert.Equal(answers.Split(' '), told.Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public async Task Who_guesses_passwords_is_let_go()
    {
        await using var chat = new TestChat();
        var client = await chat.ArriveAsync("guess");

        await client.SendAsync(
            "PRIVMSG NickServ :IDENTIFY bob aaaaa",
            "PRIVMSG NickServ :IDENTIFY bob aaaab",
            "PRIVMSG NickServ :IDENTIFY bob aaaac");

        Assert.EndsWith(
            "(Too many refused passwords)", (await client.ReceiveToEndAsync())[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_without_SASL_sign_in_by_PASS_or_by_NickServ()
    {
        await using var chat = new TestChat();
        var alice = await chat.ArriveAsync("alice");
        Assert.Contains(
            ":irc.test REGISTER SUCCESS alice :The account alice is yours",
            await alice.AskAsync("PRIVMSG nickserv :register secret"));
        await alice.AskAsync("NICK free");
        var byPass = chat.Connect();
        await byPass.SendAsync("PASS alice:secret", "NICK alice", "USER a 0 * :a");
        await byPass.ReceiveUntilAsync("422");

        var other = await chat.ArriveAsync("other");

        Assert.Contains(
            ":NickServ!NickServ@irc.test NOTICE other :You are signed in to alice",
            await other.AskAsync("PRIVMSG NickServ :IDENTIFY alice secret"));
    }
}
