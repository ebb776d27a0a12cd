using System.Text;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Clients;

/// <summary>A server in memory that says what a test says, and hears one client at a time.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private static int _count;

    private readonly Listener _listener;
    private FramedConnection? _client;

    private ScriptedServer(Listener listener)
    {
        _listener = listener;
    }

    /// <summary>A client that says everything at once, and does not wait for a server that does not close.</summary>
    public static ChatClientOptions Quick(TimeProvider clock) => new()
    {
        Nick = "ada",
        LineInterval = TimeSpan.Zero,
        Connect = new ConnectOptions
        {
            Connection = new ConnectionOptions { TimeProvider = clock, CloseTimeout = TimeSpan.Zero },
        },
    };

    public Endpoint Endpoint => _listener.Local;

    public static async Task<ScriptedServer> StartAsync() =>
        new(await Listener.BindAsync($"memory:scripted-chat-{Interlocked.Increment(ref _count)}"));

    /// <summary>Connects a client, and lets it in.</summary>
    /// <param name="options">Who it is.</param>
    /// <param name="capabilities">What the server offers, as <c>CAP LS</c> lists it.</param>
    /// <param name="supports">What it announces, as <c>ISUPPORT</c> does.</param>
    public async Task<ChatClient> ConnectAsync(
        ChatClientOptions options, string capabilities = "", string supports = "CHANTYPES=#")
    {
        var connecting = ChatClient.ConnectAsync(Endpoint, options);
        await LetInAsync(options.Nick, capabilities, supports);
        return await connecting.Soon();
    }

    public async Task LetInAsync(string nick, string capabilities = "", string supports = "CHANTYPES=#")
    {
        await AcceptAsync();
        await ExpectAsync("CAP LS 302");
        await ExpectAsync("USER");
        await SendAsync($":s CAP * LS :{capabilities}");
        if (capabilities.Length > 0)
        {
            var wanted = await ExpectAsync("CAP REQ");
            await SendAsync($":s CAP * ACK :{wanted[(wanted.IndexOf(':', StringComparison.Ordinal) + 1)..]}");
        }

        await ExpectAsync("CAP END");
        await WelcomeAsync(nick, supports);
    }

    public Task WelcomeAsync(string nick, string supports = "CHANTYPES=#") => SendAsync(
        $":s 001 {nick} :Welcome", $":s 005 {nick} {supports} :are supported", $":s 422 {nick} :No message of the day");

    /// <summary>Lets the client join.</summary>
    public async Task LetJoinAsync(string nick, string room, string others = "")
    {
        await ExpectAsync($"JOIN {room}");
        await SendAsync(
            $":{nick}!u@h JOIN {room}", $":s 353 {nick} = {room} :{nick} {others}".TrimEnd(),
            $":s 366 {nick} {room} :End");
    }

    public async Task AcceptAsync()
    {
        var connection = await _listener.AcceptAsync().Soon();
        _client = connection.Frames(Framing.Lines(maxBytes: 64 * 1024, LineEnding.CrLf));
    }

    public async Task SendAsync(params string[] lines)
    {
        foreach (var line in lines)
        {
            await _client!.SendAsync(Encoding.UTF8.GetBytes(line)).Soon();
        }
    }

    public Task SendBytesAsync(byte[] bytes) => _client!.Connection.SendAsync(bytes).Soon();

    /// <summary>Hears lines until one begins so, and gives it.</summary>
    public async Task<string> ExpectAsync(string beginning)
    {
        while (await _client!.ReceiveAsync().Soon() is { } line)
        {
            var text = Encoding.UTF8.GetString(line.Span);
            if (text.StartsWith(beginning, StringComparison.Ordinal))
            {
                return text;
            }
        }

        throw new InvalidOperationException($"The client left without '{beginning}'.");
    }

    /// <summary>The next line, whatever it is.</summary>
    public Task<string> HearAsync() => ExpectAsync("");

    public async Task DropAsync()
    {
        _client!.Connection.Abort();
        await _client.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await DropAsync();
        }

        await _listener.DisposeAsync();
    }
}
