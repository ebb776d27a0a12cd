namespace Switchboard.Chat.Tests.Clients;

/// <summary>The client with this project's own server.</summary>
public class OwnServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Everything_that_was_missed_is_heard_once_and_in_order()
    {
        await using var chat = new ChatServer(new ChatOptions
        {
            Limits = new ChatLimits { MaxLineBurst = 10_000, MaxLinesPerSecond = 10_000, MaxHistory = 50 },
        });
        await using var server = await Server.StartAsync("tcp://127.0.0.1:0", chat.ServeAsync);
        await using var bob = await ChatClient.ConnectAsync(server.Local, Named("bob"));
        await using var ada = await ChatClient.ConnectAsync(server.Local, Named("ada"));
        await bob.JoinAsync("#tea");
        await ada.JoinAsync("#tea");
        Assert.NotNull(ada.Support.HistoryLimit);
        await bob.SayAsync("#tea", "0");
        Assert.Equal("0", (await ada.NextAsync<ChatSaid>()).Text);

        await ada.SendAsync(new ChatMessage("QUIT"));
        await ada.NextAsync<ChatDisconnected>();
        var saying = SayAllAsync(bob);

        for (var number = 1; number <= 500; number++)
        {
            var said = await ada.NextAsync<ChatSaid>();
            Assert.Equal($"{number}", said.Text);
        }

        await saying;
    }

    private static async Task SayAllAsync(ChatClient bob)
    {
        for (var number = 1; number <= 500; number++)
        {
            await bob.SayAsync("#tea", $"{number}");
            await bob.FlushAsync();
        }
    }

    private static ChatClientOptions Named(string nick) => new()
    {
        Nick = nick,
        LineInterval = TimeSpan.Zero,
        FirstReconnectDelay = TimeSpan.FromMilliseconds(50),
        RegistrationTimeout = Patience,
        AnswerTimeout = Patience,
    };
}
