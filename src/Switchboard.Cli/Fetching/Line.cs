namespace Switchboard.Cli.Fetching;

/// <summary>One connection with a web server, and the HTTP client on top of it, for one request.</summary>
internal sealed class Line : IAsyncDisposable
{
    private readonly HttpMessageInvoker _client;
    private readonly RawLines? _sent;
    private readonly RawLines? _received;
    private Connection? _connection;

    /// <param name="plan">Says what is shown, and whether bodies may be compressed.</param>
    /// <param name="connect">Makes the connection, which is the line's from then on.</param>
    /// <param name="patience">Times the server.</param>
    /// <param name="say">Takes what is shown.</param>
    public Line(
        FetchPlan plan, Func<CancellationToken, Task<Connection>> connect, Patience patience, Action<string> say)
    {
        _sent = plan.ShowsRaw ? new RawLines('>', say) : null;
        _received = plan.ShowsRaw ? new RawLines('<', say) : null;
#pragma warning disable CA2000 // The invoker owns it.
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = plan.Compressed ? System.Net.DecompressionMethods.All : default,
            ActivityHeadersPropagator = null,
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            ConnectCallback = async (_, stop) =>
            {
                _connection = await connect(stop);
                return new WatchedStream(_connection.AsStream(), patience, _sent, _received);
            },
        });
#pragma warning restore CA2000
    }

    /// <summary>The server's status and headers; the body is read later.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop) =>
        _client.SendAsync(request, stop);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _sent?.Flush();
        _received?.Flush();
    }
}
