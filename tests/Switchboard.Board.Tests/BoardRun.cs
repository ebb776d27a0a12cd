using System.Net;
using System.Net.WebSockets;
using System.Text;
using Switchboard.Tests.Connections;

namespace Switchboard.Board.Tests;

/// <summary>A board that runs, and requests to it.</summary>
internal sealed class BoardRun : IAsyncDisposable
{
    private readonly HttpClient _http;

    private readonly SocketsHttpHandler _handler = new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
    };

    private BoardRun(BoardServer server)
    {
        Server = server;
        _http = new HttpClient(_handler) { BaseAddress = new Uri($"http://127.0.0.1:{Port}/") };
    }

    public BoardServer Server { get; }

    public int Port => ((TcpEndpoint)Server.Local).Port;

    /// <summary>What opens it, by a name that every browser finds at once.</summary>
    public Uri Url => new UriBuilder(Server.Url!) { Host = "127.0.0.1" }.Uri;

    /// <summary>What a browser sends that has opened it.</summary>
    public string Cookie => $"switchboard-board-{Port}={Token}";

    public string Origin => $"http://127.0.0.1:{Port}";

    private string Token => Server.Url!.Query["?token=".Length..];

    public static async Task<BoardRun> StartAsync(BoardOptions? options = null) => new(await BoardServer.StartAsync(
        options ?? new BoardOptions { Listen = new TcpEndpoint("127.0.0.1", 0) }));

    /// <summary>Sends a request with these headers, and no others that matter.</summary>
    public async Task<HttpResponseMessage> AskAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _http.SendAsync(request).Soon();
    }

    /// <summary>Sends a request byte for byte, and tells the status of the answer; 0 if there was none.</summary>
    public async Task<int> AskRawAsync(string request)
    {
        await using var connection = await Connection.ConnectAsync($"tcp://127.0.0.1:{Port}");
        await connection.SendAsync(Encoding.Latin1.GetBytes(request)).Soon();
        var line = await connection.ReceiveUntilAsync("\r\n"u8.ToArray(), 1000).Soon();
        return line is null ? 0 : int.Parse(Encoding.ASCII.GetString(line).Split(' ')[1], provider: null);
    }

    /// <summary>Opens a page's WebSocket; null for who is refused.</summary>
    public async Task<ClientWebSocket?> OpenAsync(string? origin, string? cookie, string? host = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.Proxy = null;
        Set("Origin", origin);
        Set("Cookie", cookie);
        Set("Host", host);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{Port}/live"), CancellationToken.None).Soon();
            return socket;
        }
        catch (WebSocketException)
        {
            socket.Dispose();
            return null;
        }

        void Set(string name, string? value)
        {
            if (value is not null)
            {
                socket.Options.SetRequestHeader(name, value);
            }
        }
    }

    /// <summary>A page's WebSocket, as a page of the board opens it.</summary>
    public async Task<PageClient> OpenPageAsync() =>
        new((await OpenAsync(Origin, Cookie)) ?? throw new InvalidOperationException("The page was not let in."));

    /// <summary>Whether it still answers those who may ask.</summary>
    public async Task<bool> LivesAsync()
    {
        using var answer = await AskAsync("/", ("Cookie", Cookie));
        return answer.StatusCode == HttpStatusCode.OK;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _handler.Dispose();
        await Server.DisposeAsync();
    }
}
