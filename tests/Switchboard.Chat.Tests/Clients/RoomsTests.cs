using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Clients;

public class RoomsTests
{
    private static readonly ChatClientOptions Ada = ScriptedServer.Quick(TimeProvider.System);

    [Fact]
    public async Task A_join_is_complete_with_the_members_and_their_marks()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await server.ConnectAsync(Ada);

        var joining = client.JoinAsync("#tea");
        await server.LetJoinAsync("ada", "#tea", "@+bob +eve");
        var room = await joining.Soon();

        Assert.Equal(["", "@+", "+"], new[] { "ada", "BOB", "eve" }.Select(nick => room.Members[nick]));
    }

    [Fact]
    public async Task Everybody_who_comes_and_goes_is_known_afterwards()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await JoinedAsync(server, "bob eve kim");

        await server.SendAsync(
            ":dan!u@h JOIN #tea", ":bob!u@h PART #tea :bye", ":eve!u@h QUIT :gone", ":dan!u@h NICK dora",
            ":s MODE #tea +kov secret dora dora", ":s MODE #tea -o dora", ":dora!u@h KICK #tea kim :out",
            ":dora!u@h TOPIC #tea :black or green");
        Assert.Equal("black or green", (await client.NextAsync<ChatTopic>()).Topic);

        var room = client.Rooms["#TEA"];
        Assert.Equal("black or green", room.Topic);
        Assert.Equal(["ada", "dora"], room.Members.Keys.Order());
        Assert.Equal("+", room.Members["dora"]);
    }

    [Fact]
    public async Task What_happens_is_told_with_who_did_it()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await JoinedAsync(server, "bob");
        await client.NextAsync<ChatJoined>();

        await server.SendAsync(
            ":bob!u@h NICK rob", ":rob!u@h KICK #tea ada :out", ":rob!u@h INVITE ada #tea",
            ":rob!u@h PRIVMSG ada :sorry");

        var renamed = await client.NextAsync<ChatRenamed>();
        Assert.Equal(("bob", "rob", "#tea"), (renamed.OldNick, renamed.NewNick, Assert.Single(renamed.Rooms)));
        var left = await client.NextAsync<ChatLeft>();
        Assert.Equal(("#tea", "ada", "out", "rob", true), (left.Room, left.Nick, left.Reason, left.By, left.IsOwn));
        Assert.Equal("#tea", (await client.NextAsync<ChatInvited>()).Room);
        var said = await client.NextAsync<ChatSaid>();
        Assert.Equal(("rob", "rob", "sorry"), (said.Nick, said.Talk, said.Text));
        Assert.Empty(client.Rooms);
    }

    [Theory]
    [InlineData("ascii", "[a]", "{A}", false)]
    [InlineData("rfc1459", "[a]^", "{A}~", true)]
    [InlineData("strict-rfc1459", "[a]", "{A}", true)]
    [InlineData("strict-rfc1459", "a^", "A~", false)]
    public async Task Names_are_equal_by_the_rule_of_the_server(string mapping, string one, string other, bool areSame)
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await server.ConnectAsync(Ada, supports: $"CASEMAPPING={mapping}");

        Assert.Equal(areSame, client.Support.AreSame(one, other));
    }

    [Fact]
    public async Task A_refused_join_says_why_and_the_room_is_not_joined_later()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await server.ConnectAsync(Ada);

        var joining = client.JoinAsync("#tea", "wrong");
        Assert.Equal("JOIN #tea wrong", await server.HearAsync());
        await server.SendAsync(":s 475 ada #tea :Cannot join channel (+k)");

        Assert.Equal("475", (await Assert.ThrowsAsync<ChatRefusedException>(() => joining.Soon())).Code);
    }

    [Fact]
    public async Task A_nick_is_changed_when_the_server_says_so()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await server.ConnectAsync(Ada);

        var refused = client.ChangeNickAsync("bob");
        await server.ExpectAsync("NICK bob");
        await server.SendAsync(":s 433 ada bob :in use");
        await Assert.ThrowsAsync<ChatRefusedException>(() => refused.Soon());
        var changing = client.ChangeNickAsync("countess");
        await server.ExpectAsync("NICK countess");
        await server.SendAsync(":ada!u@h NICK countess");
        await changing.Soon();

        Assert.Equal("countess", client.Nick);
    }

    private static async Task<ChatClient> JoinedAsync(ScriptedServer server, string others)
    {
        var client = await server.ConnectAsync(Ada);
        var joining = client.JoinAsync("#tea");
        await server.LetJoinAsync("ada", "#tea", others);
        await joining.Soon();
        return client;
    }
}
