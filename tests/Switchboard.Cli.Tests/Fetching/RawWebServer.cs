using System.Collections.Concurrent;
using System.Text;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Fetching;

/// <summary>A web server that says, byte for byte, what a test wants it to say.</summary>
internal sealed class RawWebServer : IAsyncDisposable
{
    /// <summary>At the end of an answer: the server goes on to say nothing.</summary>
    public const string Silence = "<silence>";

    /// <summary>At the end of an answer: the server resets the connection.</summary>
    public const string Crash = "<crash>";

    private const int MaxHeadBytes = 64 * 1024;

    private readonly ConcurrentQueue<string> _requests = [];
    private readonly Func<string, string> _answer;
    private Server _server = null!;

    private RawWebServer(Func<string, string> answer)
    {
        _answer = answer;
    }

    public Endpoint Local => _server.Local;

    public int Port => ((HostEndpoint)Local).Port;

    /// <summary>With a slash at the end.</summary>
    public string Url => $"{(Local is TlsEndpoint ? "https" : "http")}://127.0.0.1:{Port}/";

    /// <summary>What was asked, each up to the empty line and with as much of a body as it announced.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Answers every request with the same, and closes.</summary>
    public static Task<RawWebServer> StartAsync(string answer) => StartAsync(_ => answer);

    /// <param name="answer">Makes an answer of a request; its characters are the bytes.</param>
    /// <param name="at">Where.</param>
    /// <param name="tls">How to speak TLS, if at all.</param>
    public static async Task<RawWebServer> StartAsync(
        Func<string, string> answer, string at = "tcp://127.0.0.1:0", TlsListenOptions? tls = null)
    {
        var made = new RawWebServer(answer);
        made._server = await Server.StartAsync(
            at, made.ServeAsync, new ServerOptions { Listen = new ListenOptions { Tls = tls } });
        return made;
    }

    /// <summary>An answer with a length.</summary>
    public static string Ok(string body, string headers = "") =>
        $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n{headers}\r\n{body}";

    public static string Redirect(int status, string location) =>
        $"HTTP/1.1 {status} Elsewhere\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n";

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(Connection connection, CancellationToken stopping)
    {
        var head = await connection.ReceiveUntilAsync("\r\n\r\n"u8.ToArray(), MaxHeadBytes, stopping);
        if (head is null)
        {
            return;
        }

        var request = Encoding.Latin1.GetString(head) + "\r\n\r\n";
        request += await ReceiveBodyAsync(connection, request);
        _requests.Enqueue(request);
        var answer = _answer(request);
        var said = answer.Replace(Silence, "", StringComparison.Ordinal).Replace(Crash, "", StringComparison.Ordinal);
        await connection.SendAsync(Encoding.Latin1.GetBytes(said), Deadline.Soon);
        if (answer.EndsWith(Silence, StringComparison.Ordinal))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        else if (answer.EndsWith(Crash, StringComparison.Ordinal))
        {
            connection.Abort();
        }
    }

    private static async Task<string> ReceiveBodyAsync(Connection connection, string head)
    {
        const string Length = "Content-Length: ";
        var line = head.Split("\r\n").FirstOrDefault(each => each.StartsWith(Length, StringComparison.Ordinal));
        var body = new byte[line is null ? 0 : int.Parse(line[Length.Length..])];
        await connection.ReceiveExactlyAsync(body, Deadline.Soon);
        return Encoding.Latin1.GetString(body);
    }
}
