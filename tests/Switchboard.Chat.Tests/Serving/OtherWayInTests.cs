using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Serving;

public class OtherWayInTests
{
    [Fact]
    public async Task Whoever_comes_another_way_is_in_the_same_chat()
    {
        await using var chat = new TestChat();
        var alice = (await chat.ArriveInRoomAsync("#r", "alice"))[0];
        var peer = new LinePeer();
        var serving = chat.Server.ServeAsync(peer, CancellationToken.None);

        peer.Send("NICK web", "USER web 0 * :w", "JOIN #r", "PRIVMSG #r :hello");

        Assert.Equal(":web!~web@elsewhere JOIN #r", await alice.ReceiveAsync());
        Assert.Equal(":web!~web@elsewhere PRIVMSG #r :hello", await alice.ReceiveAsync());
        Assert.Contains(
            ":irc.test 671 alice web :is using a secure connection", await alice.AskAsync("WHOIS web"));
        peer.Finish();
        await serving.Soon();
        Assert.Equal(":web!~web@elsewhere QUIT :Connection closed", await alice.ReceiveAsync());
    }

    [Fact]
    public async Task SASL_EXTERNAL_signs_in_who_holds_the_certificate_that_registered()
    {
        await using var chat = new TestChat();
        var first = new LinePeer { Certificate = "ab12" };
        var serving = chat.Server.ServeAsync(first, CancellationToken.None);
        first.Send("NICK alice", "USER a 0 * :a", "REGISTER * * secret");
        await first.WaitForAsync("REGISTER SUCCESS");
        first.Finish();
        await serving.Soon();

        var same = new LinePeer { Certificate = "ab12" };
        var other = new LinePeer { Certificate = "cd34" };
        var servingSame = chat.Server.ServeAsync(same, CancellationToken.None);
        var servingOther = chat.Server.ServeAsync(other, CancellationToken.None);
        same.Send("CAP LS 302", "AUTHENTICATE EXTERNAL", "AUTHENTICATE +");
        other.Send("CAP LS 302", "AUTHENTICATE EXTERNAL", "AUTHENTICATE +");

        Assert.Contains("sasl=PLAIN,EXTERNAL", await same.WaitForAsync("CAP"), StringComparison.Ordinal);
        Assert.EndsWith("logged in as alice", await same.WaitForAsync(" 900 "), StringComparison.Ordinal);
        Assert.Contains("SASL authentication failed", await other.WaitForAsync(" 904 "), StringComparison.Ordinal);
        same.Finish();
        other.Finish();
        await Task.WhenAll(servingSame, servingOther).Soon();
    }

    [Fact]
    public async Task One_certificate_signs_in_to_the_account_that_is_named()
    {
        await using var chat = new TestChat();
        foreach (var nick in (string[])["alice", "bob"])
        {
            var owner = new LinePeer { Certificate = "ab12" };
            var serving = chat.Server.ServeAsync(owner, CancellationToken.None);
            owner.Send($"NICK {nick}", "USER a 0 * :a", "REGISTER * * secret");
            await owner.WaitForAsync("REGISTER SUCCESS");
            owner.Finish();
            await serving.Soon();
        }

        var same = new LinePeer { Certificate = "ab12" };
        var other = new LinePeer { Certificate = "cd34" };
        var servingSame = chat.Server.ServeAsync(same, CancellationToken.None);
        var servingOther = chat.Server.ServeAsync(other, CancellationToken.None);
        same.Send("CAP LS 302", "AUTHENTICATE EXTERNAL", "AUTHENTICATE Qk9C");
        other.Send("CAP LS 302", "AUTHENTICATE EXTERNAL", "AUTHENTICATE Qk9C");

        Assert.EndsWith("logged in as bob", await same.WaitForAsync(" 90"), StringComparison.Ordinal);
        Assert.Contains(" 904 ", await other.WaitForAsync(" 90"), StringComparison.Ordinal);
        same.Finish();
        other.Finish();
        await Task.WhenAll(servingSame, servingOther).Soon();
    }
}
