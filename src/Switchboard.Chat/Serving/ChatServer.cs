using Switchboard.Chat.Commands;
using Switchboard.Chat.Delivery;
using Switchboard.Chat.Events;
using Switchboard.Chat.People;
using Switchboard.Chat.Serving;

namespace Switchboard.Chat;

/// <summary>
/// One chat: people, rooms and what they say, for every client that speaks IRC. It listens nowhere itself: give
/// <see cref="ServeAsync(Connection, CancellationToken)"/> to as many servers as there are ways in. Not to one whose
/// connections have a process each: nobody would be in the same chat.
/// </summary>
/// <example>
/// <code>
/// await using var chat = new ChatServer();
/// await using var server = await Server.StartAsync(":6667", chat.ServeAsync);
/// </code>
/// </example>
public sealed class ChatServer : IAsyncDisposable
{
    private readonly ChatOptions _options;
    private readonly Exchange _exchange;
    private readonly LineDesk _desk;
    private readonly ClientWatch _watch;
    private readonly OldMessages _old;
    private readonly MemoryChatStore? _ownStore;
    private int _isJoined;

    /// <summary>Makes a chat that nobody can come into yet.</summary>
    /// <param name="options">Names, limits, and where messages are kept; null for the defaults.</param>
    /// <exception cref="ArgumentException">A name could not stand in a line of the protocol.</exception>
    public ChatServer(ChatOptions? options = null)
    {
        _options = options ?? new ChatOptions();
        ChatNames.ThrowIfUnfit(_options);
        _ownStore = _options.Store is null ? new MemoryChatStore() : null;
        var store = _options.Store ?? _ownStore!;
        _watch = new ClientWatch(_options);
        _old = new OldMessages(_options, store);
        _exchange = new Exchange(_options, store) { CountUnknown = _watch.CountUnknown };
        _desk = new LineDesk(_exchange);
        _watch.Start();
        _old.Start();
    }

    /// <summary>How many people are here.</summary>
    public int PeopleCount
    {
        get
        {
            using (_exchange.World.Enter())
            {
                return _exchange.World.People.Count;
            }
        }
    }

    /// <summary>How many rooms there are.</summary>
    public int RoomCount
    {
        get
        {
            using (_exchange.World.Enter())
            {
                return _exchange.World.Rooms.Count;
            }
        }
    }

    /// <summary>
    /// Joins the other servers of the chat over <see cref="ChatOptions.Broker"/>. To be awaited once, before anybody is
    /// served; returns too when the broker is away, which is then tried until it is there.
    /// </summary>
    /// <exception cref="ChatBrokerException">The broker refuses: a wrong password, or a name that is taken.</exception>
    /// <exception cref="ChatStoreException">The store cannot say what others have been given.</exception>
    /// <exception cref="InvalidOperationException">There is no broker, or this was called before.</exception>
    public Task JoinServersAsync(CancellationToken cancellationToken = default) =>
        _options.Broker is null || Interlocked.Exchange(ref _isJoined, 1) != 0
            ? throw new InvalidOperationException("Servers are joined once, over the broker that the options name.")
            : _exchange.JoinServersAsync(cancellationToken);

    /// <summary>A handler of connections: serves one client until it leaves, or is let go.</summary>
    /// <param name="connection">
    /// Over any transport; what TLS knows of the peer signs it in (<c>SASL EXTERNAL</c>).
    /// </param>
    /// <param name="stopping">Tells the client that the server stops, and lets it go.</param>
    public async Task ServeAsync(Connection connection, CancellationToken stopping)
    {
        var peer = new ConnectionPeer(connection, _options.Limits.MaxPendingBytes);
        await using (peer.ConfigureAwait(false))
        {
            await ServeAsync(peer, stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Serves a client that comes another way.</summary>
    /// <param name="peer">Its lines, both ways. What it has taken is to be sent when this completes.</param>
    /// <param name="stopping">Tells the client that the server stops, and lets it go.</param>
    public async Task ServeAsync(IChatPeer peer, CancellationToken stopping)
    {
        if (_options.Broker is not null && _exchange.Others is null)
        {
            throw new InvalidOperationException($"Call {nameof(JoinServersAsync)} before anybody is served.");
        }

        using var client = new Client(peer, _options.Name, _options.TimeProvider);
        using var told = stopping.UnsafeRegister(
            static client => ((Client)client!).End("Server is shutting down"), client);
        _watch.Add(client);
        try
        {
            await ServeAsync(client).ConfigureAwait(false);
        }
        finally
        {
            // However it came about: nobody may end a client that is not here any more.
            client.End("Connection closed");
            _watch.Remove(client);
            await LeaveAsync(client).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Stops watching, and disposes the store if nobody else gave it. The servers are to be stopped before.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync().ConfigureAwait(false);
        await _old.DisposeAsync().ConfigureAwait(false);
        await _exchange.Log.WaitForTakenAsync().ConfigureAwait(false);
        await _exchange.DisposeAsync().ConfigureAwait(false);
        if (_ownStore is not null)
        {
            await _ownStore.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(Client client)
    {
        try
        {
            await HandleAllAsync(client).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (client.EndReason is not null)
        {
            // It was let go, and told why.
        }
        catch (FramingException)
        {
            client.End("A line was too long, or was not ended");
        }
        catch (ConnectionException error)
        {
            client.End(ReasonOf(error));
        }
    }

    private static string ReasonOf(ConnectionException error) => error switch
    {
        ConnectionResetException => "Connection reset",
        ConnectionTimeoutException => "Connection timed out",
        _ => "Connection lost",
    };

    private async Task HandleAllAsync(Client client)
    {
        var gate = new FloodGate(_options.Limits, _options.TimeProvider);
        while (await client.Peer.ReceiveAsync(client.Ended).ConfigureAwait(false) is { } line)
        {
            client.Heard = _options.TimeProvider.GetTimestamp();
            client.IsAsked = false;
            await gate.PassAsync(client).ConfigureAwait(false);
            client.Ended.ThrowIfCancellationRequested();
            await _desk.HandleAsync(client, line).ConfigureAwait(false);
        }
    }

    /// <summary>What it has said is delivered before others hear that it has left.</summary>
    private async Task LeaveAsync(Client client)
    {
        await client.UnderWay.ConfigureAwait(false);
        var isLast = false;
        Person? person;
        using (_exchange.World.Enter())
        {
            person = client.Person;
            if (person is not null)
            {
                var reason = client.EndReason ?? "Connection closed";
                _exchange.World.Apply(new PersonLeft(person.Id, reason, _options.TimeProvider.GetUtcNow()));
                isLast = person.Account is { } account && _exchange.World.FindAccount(account).Count == 0;
            }
        }

        if (isLast && person?.HeardPrivately is { } heard)
        {
            await MarkSeenAsync(person, heard).ConfigureAwait(false);
        }
    }

    private async Task MarkSeenAsync(Person person, DateTimeOffset heard)
    {
        // What is on its way may be of the very millisecond of what was heard last. Then that comes once more too:
        // better twice than never.
        await _exchange.Log.WaitForTakenAsync().ConfigureAwait(false);
        var time = person.MissedPrivately is { } missed && missed <= heard ? missed.AddMilliseconds(-1) : heard;
        var account = person.Account!;
        try
        {
            await _exchange.Accounts.MarkSeenAsync(account, time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ChatStoreException error)
        {
            // Then some messages are handed over once more.
            _options.Observer?.StoreFailed(error);
        }
    }
}
