using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Clients;

/// <summary>The client with somebody else's server.</summary>
public class NgircdTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Two_clients_talk_in_a_room_and_in_private()
    {
        await using var server = await Ngircd.StartAsync();
        await using var ada = await ChatClient.ConnectAsync(server.Endpoint, Named("ada"));
        await using var bob = await ChatClient.ConnectAsync(server.Endpoint, Named("bob"));
        Assert.Equal("@", (await ada.JoinAsync("#tea")).Members["ada"]);
        Assert.Equal(["ada", "bob"], (await bob.JoinAsync("#tea")).Members.Keys.Order());

        await ada.SayAsync("#tea", "grün 漢字");
        var heard = await bob.NextAsync<ChatSaid>();
        Assert.Equal(("ada", "#tea", "grün 漢字"), (heard.Nick, heard.Talk, heard.Text));
        await bob.SayAsync(heard.Nick, "psst");
        await bob.FlushAsync();
        ChatSaid answer;
        while ((answer = await ada.NextAsync<ChatSaid>()).IsOwn || answer.Nick != "bob")
        {
        }

        Assert.Equal(("bob", "psst"), (answer.Talk, answer.Text));
        await bob.QuitAsync("enough");
        Assert.Equal("bob", (await ada.NextAsync<ChatQuit>()).Nick);
        Assert.Equal(["ada"], ada.Rooms["#tea"].Members.Keys);
    }

    [Fact]
    public async Task A_nick_in_use_gets_another_one_and_a_long_text_arrives_whole()
    {
        await using var server = await Ngircd.StartAsync();
        await using var first = await ChatClient.ConnectAsync(server.Endpoint, Named("ada"));
        await using var second = await ChatClient.ConnectAsync(server.Endpoint, Named("ada"));
        Assert.Equal("ada_", second.Nick);
        await first.JoinAsync("#tea");
        await second.JoinAsync("#tea");

        var text = string.Concat(Enumerable.Range(0, 500).Select(number => $"{number}."));
        await second.SayAsync("#tea", text);

        var heard = "";
        while (heard.Length < text.Length)
        {
            heard += (await first.NextAsync<ChatSaid>()) is { Nick: "ada_" } said ? said.Text : "";
        }

        Assert.Equal(text, heard);
    }

    [Fact]
    public async Task A_server_that_goes_away_is_joined_again_by_whoever_is_put_out()
    {
        await using var server = await Ngircd.StartAsync();
        await using var relay = await Server.StartAsync("tcp://127.0.0.1:0", Relay.To(server.Endpoint));
        var options = Named("ada") with { FirstReconnectDelay = TimeSpan.FromMilliseconds(100) };
        await using var client = await ChatClient.ConnectAsync(relay.Local, options);
        await client.JoinAsync("#tea");

        await client.SendAsync(new ChatMessage("QUIT"));

        Assert.NotNull((await client.NextAsync<ChatDisconnected>()).RetryIn);
        Assert.True((await client.NextAsync<ChatConnected>()).IsAgain);
        Assert.Equal("#tea", (await client.NextAsync<ChatMissed>()).Talk);
        await Waiting.UntilAsync(() => client.Rooms.ContainsKey("#tea"));
    }

    private static ChatClientOptions Named(string nick) => new()
    {
        Nick = nick,
        RegistrationTimeout = Patience,
        AnswerTimeout = Patience,
    };
}
