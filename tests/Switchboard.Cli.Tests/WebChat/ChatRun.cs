using Switchboard.Chat;
using Switchboard.Cli.Output;
using Switchboard.Cli.Web;
using Switchboard.Cli.WebChat;
using Switchboard.Tests;

namespace Switchboard.Cli.Tests.WebChat;

/// <summary>A chat with its page that runs, and can be started again at the same port.</summary>
internal sealed class ChatRun : IAsyncDisposable
{
    private readonly List<WebSocketClient> _clients = [];
    private readonly ChatLimits _limits;
    private ChatServer _chat;
    private WebChatServer _web;

    private ChatRun(ChatServer chat, WebChatServer web, ChatLimits limits)
    {
        _chat = chat;
        _web = web;
        _limits = limits;
    }

    public Uri Url => new(_web.Web.Url!);

    public int Port => Url.Port;

    public ChatServer Chat => _chat;

    public static async Task<ChatRun> StartAsync(ChatLimits? limits = null)
    {
        limits ??= new ChatLimits();
        var chat = Make(limits);
        return new ChatRun(chat, await ServeAsync(chat, FreePort.Next(), limits), limits);
    }

    /// <summary>A client that has agreed on one of these subprotocols.</summary>
    public async Task<WebSocketClient> ConnectAsync(params string[] subProtocols)
    {
        var client = await WebSocketClient.ConnectAsync(
            Port, options => Array.ForEach(subProtocols, options.AddSubProtocol));
        _clients.Add(client);
        return client;
    }

    /// <summary>A client that has registered, with the welcome read.</summary>
    public async Task<WebSocketClient> ArriveAsync(string nick, string subProtocol = SubProtocols.Text)
    {
        var client = await ConnectAsync(subProtocol);
        await client.SendAsync($"NICK {nick}");
        await client.SendAsync($"USER {nick} 0 * :{nick}");
        await client.ReceiveUntilAsync("422");
        return client;
    }

    /// <summary>Tells everybody that the server stops.</summary>
    public Task<DrainResult> StopAsync() => _web.StopAsync(TimeSpan.FromSeconds(10), CancellationToken.None);

    /// <summary>Starts the way in again, where it was.</summary>
    public async Task StartAgainAsync()
    {
        var port = Port;
        await _web.DisposeAsync();
        _web = await ServeAsync(_chat, port, _limits);
    }

    /// <summary>The same with a chat that remembers nothing.</summary>
    public async Task ForgetAsync()
    {
        await _chat.DisposeAsync();
        _chat = Make(_limits);
        await StartAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        await StopAsync();
        await _web.DisposeAsync();
        await _chat.DisposeAsync();
    }

    private static ChatServer Make(ChatLimits limits) =>
        new(new ChatOptions { Name = "irc.test", Network = "Test", Limits = limits });

    private static Task<WebChatServer> ServeAsync(ChatServer chat, int port, ChatLimits limits) =>
        WebChatServer.StartAsync(
            chat,
            new WebChatOptions
            {
                Limits = limits,
                Web = new WebServerOptions
                {
                    Service = "chat",
                    Listen = new TcpEndpoint("127.0.0.1", port),
                    Engine = Engine.Default,
                    Limits = new ServerLimits(),
                    Time = TimeProvider.System,
                    Tell = Ignore,
                },
            },
            CancellationToken.None);

    private static void Ignore(ConsoleEvent happened)
    {
    }
}
