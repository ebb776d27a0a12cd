namespace Switchboard.Chat.Clients;

/// <summary>A connection on which this client is registered.</summary>
internal sealed class Link : IAsyncDisposable
{
    private readonly ChatClientOptions _options;

    private Link(ChatLine line, Registered registered, ChatClientOptions options)
    {
        Line = line;
        Registered = registered;
        _options = options;
    }

    public ChatLine Line { get; }

    public Registered Registered { get; }

    /// <summary>Connects and registers.</summary>
    /// <param name="endpoint">Where to.</param>
    /// <param name="options">Who this client is.</param>
    /// <param name="told">Told of what the server says while it lets this client in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConnectionTimeoutException">It took longer than the options allow.</exception>
    public static async Task<Link> OpenAsync(
        Endpoint endpoint, ChatClientOptions options, Action<ChatMessage> told, CancellationToken cancellationToken)
    {
        var connection = await Connection.ConnectAsync(endpoint, options.Connect, cancellationToken)
            .ConfigureAwait(false);
#pragma warning disable CA2000 // The link owns it; where there is none, the connection is aborted, and holds nothing.
        var line = new ChatLine(connection, options);
#pragma warning restore CA2000
        using var limit = new CancellationTokenSource(options.RegistrationTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var registered = await new Registration(line, options, told).RunAsync(either.Token).ConfigureAwait(false);
            return new Link(line, registered, options);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            connection.Abort();
            throw new ConnectionTimeoutException(
                TimeoutPhase.Handshake, options.RegistrationTimeout, connection.Local, connection.Remote,
                "the server did not let this client in, and did not refuse it");
        }
        catch
        {
            connection.Abort();
            throw;
        }
    }

    /// <summary>Receives until the connection ends.</summary>
    /// <param name="take">Takes each message, before the next one is received.</param>
    /// <returns>Why it ended.</returns>
    public async Task<Exception> HoldAsync(Func<ChatMessage, ValueTask> take)
    {
        using var ended = new CancellationTokenSource();
        var watch = WatchAsync(ended.Token);
        var error = await ReceiveAsync(take).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        return await watch.ConfigureAwait(false) ?? error;
    }

    public ValueTask DisposeAsync() => Line.DisposeAsync();

    private async Task<Exception> ReceiveAsync(Func<ChatMessage, ValueTask> take)
    {
        try
        {
            string? farewell = null;
            while (await Line.ReceiveAsync(CancellationToken.None).ConfigureAwait(false) is { } message)
            {
                farewell = message.Command == "ERROR" ? message[0] : farewell;
                await take(message).ConfigureAwait(false);
            }

            return new ConnectionException(
                "receive", Line.Connection.Local, Line.Connection.Remote,
                farewell ?? "the server ended the connection");
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            return error;
        }
    }

    /// <returns>Why it ended the connection; null if it did not.</returns>
    private async Task<Exception?> WatchAsync(CancellationToken ended)
    {
        try
        {
            while (true)
            {
                await Task.Delay(_options.Silence, _options.Time, ended).ConfigureAwait(false);
                if (Line.Silence >= 2 * _options.Silence)
                {
                    Line.Connection.Abort();
                    return new ConnectionTimeoutException(
                        TimeoutPhase.Idle, 2 * _options.Silence, Line.Connection.Local, Line.Connection.Remote,
                        "the server says nothing any more, not even when it is asked");
                }

                if (Line.Silence >= _options.Silence)
                {
                    await Line.SendAsync(new ChatMessage("PING", "there"), ended).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            return null;
        }
    }
}
