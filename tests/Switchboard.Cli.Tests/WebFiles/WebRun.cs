using System.Text;

namespace Switchboard.Cli.Tests.WebFiles;

/// <summary>A web server of files that runs, its folder, and a client.</summary>
internal sealed class WebRun : IAsyncDisposable
{
    private readonly CommandRun _command;
    private readonly TempFolder _folder;

    private WebRun(CommandRun command, TempFolder folder, Uri url)
    {
        _command = command;
        _folder = folder;
#pragma warning disable CA2000 // The client owns it.
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = url,
            Timeout = TimeSpan.FromMinutes(10),
        };
#pragma warning restore CA2000
    }

    public HttpClient Client { get; }

    public CommandRun Command => _command;

    public string Folder => _folder.Path;

    public Uri Url => Client.BaseAddress!;

    /// <summary>Starts one at a free port of this machine.</summary>
    public static async Task<WebRun> StartAsync(params string[] options)
    {
        var folder = new TempFolder();
        var command = CommandRun.Start(["serve", "files", folder.Path, "127.0.0.1:0", "--json", .. options]);
        var listening = await command.WaitForEventAsync("listening");
        return new WebRun(command, folder, new Uri(listening.GetProperty("url").GetString()!));
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        return _folder.Write(name, text);
    }

    /// <summary>Asks with headers that are sent as they are.</summary>
    public async Task<HttpResponseMessage> AskAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }

    public Task<string> ReadAsync(string path) => Client.GetStringAsync(new Uri(Url, path));

    public Task<HttpResponseMessage> PutAsync(string path, HttpContent content) =>
        Client.PutAsync(new Uri(Url, path), content);

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content) =>
        Client.PostAsync(new Uri(Url, path), content);

    /// <summary>Sends a request line as it is, which no client would.</summary>
    /// <returns>The whole answer.</returns>
    public async Task<string> AskRawAsync(string target, string method = "GET")
    {
        await using var connection = await Connection.ConnectAsync($"tcp://127.0.0.1:{Url.Port}");
        await connection.SendAsync(Encoding.Latin1.GetBytes(
            $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        return Encoding.UTF8.GetString(await Peer.HearAllAsync(connection));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _command.DisposeAsync();
        _folder.Dispose();
    }
}
