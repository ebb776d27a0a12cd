using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Switchboard.Chat.Clients;

/// <summary>Keeps a client connected: takes what comes, comes back after a loss, and catches up.</summary>
internal sealed class Keeper : IAsyncDisposable
{
    private readonly Endpoint _endpoint;
    private readonly ChatClientOptions _options;
    private readonly EventQueue _events;
    private readonly Interpreter _interpreter;
    private readonly HistoryDesk _history;
    private readonly Pacer _pacer;
    private readonly LinkGate _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Returning _returning;
    private Batches _batches = new();
    private Task _running = Task.CompletedTask;

    public Keeper(Endpoint endpoint, ChatClientOptions options)
    {
        _endpoint = endpoint;
        _options = options;
        _events = new EventQueue(options.MaxWaitingEvents, options.Time);
        _interpreter = new Interpreter(options);
        _history = new HistoryDesk(options);
        _pacer = new Pacer(options.MaxLinesAtOnce, options.LineInterval, options.Time);
        Questions = new Questions(options);
        _returning = new Returning(this, options);
    }

    public Questions Questions { get; }

    public ChatView View => _interpreter.View;

    public Link? Current => _gate.Current;

    /// <summary>The rooms to be in, with their keys.</summary>
    public ConcurrentDictionary<string, string?> Rooms { get; } = new(StringComparer.OrdinalIgnoreCase);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // What runs from here on owns it.
        var link = await Link.OpenAsync(_endpoint, _options, Welcome, cancellationToken).ConfigureAwait(false);
#pragma warning restore CA2000
        Begin(link, lostAt: null);
        _running = RunAsync(link);
    }

    public ValueTask<ChatEvent?> TakeAsync(CancellationToken cancellationToken) => _events.TakeAsync(cancellationToken);

    /// <summary>Sends one line in its turn, on the connection of that moment.</summary>
    public async Task SendAsync(ChatMessage message, CancellationToken cancellationToken)
    {
        await _pacer.WaitAsync(cancellationToken).ConfigureAwait(false);
        var link = await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        await link.Line.SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// As <see cref="SendAsync"/>, but after a loss only once the rooms are joined again: nobody would hear it before.
    /// </summary>
    public async Task SayAsync(ChatMessage message, CancellationToken cancellationToken)
    {
        await _pacer.WaitAsync(cancellationToken).ConfigureAwait(false);
        Link link;
        do
        {
            link = await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            await _returning.Joined.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        while (_gate.Current != link);

        await link.Line.SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Joins, and waits until the members are known.</summary>
    public Task JoinAsync(string room, string? key, CancellationToken cancellationToken) => Questions.AskAsync(
        $"join {room}",
        () => SendAsync(new ChatMessage("JOIN", key is null ? [room] : [room, key]), cancellationToken),
        message => Refusals.IsEndOfJoin(message, room, View),
        cancellationToken);

    /// <summary>A stretch of a talk's history, as the question says: <c>AFTER</c>, <c>LATEST</c>.</summary>
    public async Task<IReadOnlyList<ChatSaid>> FetchAsync(
        string talk, string which, string place, int limit, CancellationToken cancellationToken)
    {
        var question = new ChatMessage("CHATHISTORY", which, talk, place, $"{limit}");
        var messages = await AskForHistoryAsync(talk, question, cancellationToken).ConfigureAwait(false);
        return [.. Missed(messages)];
    }

    /// <summary>The people who have said something to this client in between.</summary>
    public async Task<IReadOnlyList<string>> FetchPeopleAsync(
        DateTimeOffset since, int limit, CancellationToken cancellationToken)
    {
        var now = new Bookmark(Id: null, _options.Time.GetUtcNow());
        var question = new ChatMessage(
            "CHATHISTORY", "TARGETS", new Bookmark(Id: null, since).Place, now.Place, $"{limit}");
        var messages = await AskForHistoryAsync(Batches.Targets, question, cancellationToken).ConfigureAwait(false);
        return [.. messages.Where(message => message.Command == "CHATHISTORY")
            .Select(message => message[1])
            .OfType<string>()
            .Where(name => !View.Support.IsRoom(name))];
    }

    /// <summary>Tells whoever receives; what is said in a talk that catches up waits.</summary>
    public void Tell(ChatEvent happened)
    {
        if (happened is ChatLeft { IsOwn: true } left)
        {
            Rooms.TryRemove(left.Room, out _);
        }

        if (!_returning.TakesOver(happened))
        {
            _events.Add(happened);
        }
    }

    /// <summary>Tells what has waited behind what was missed.</summary>
    public void TellAtOnce(ChatSaid said) => _events.Add(said);

    /// <summary>Says goodbye and closes.</summary>
    public async Task LeaveAsync(string reason)
    {
        // First, or the end that follows could be taken for a loss.
        await _closing.CancelAsync().ConfigureAwait(false);
        if (_gate.Current is { } link)
        {
            await SayGoodbyeAsync(link, reason).ConfigureAwait(false);
            await link.DisposeAsync().ConfigureAwait(false);
        }

        await _running.ConfigureAwait(false);
        _returning.Dispose();
        _history.Dispose();
        _closing.Dispose();
    }

    public async ValueTask DisposeAsync() => await LeaveAsync("").ConfigureAwait(false);

    private static async Task SayGoodbyeAsync(Link link, string reason)
    {
        try
        {
            var goodbye = new ChatMessage("QUIT", reason.ReplaceLineEndings(" "));
            await link.Line.SendAsync(goodbye).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It is gone already.
        }
    }

    private Task<IReadOnlyList<ChatMessage>> AskForHistoryAsync(
        string talk, ChatMessage question, CancellationToken cancellationToken) => _history.AskAsync(
            talk, View.Support.Names, () => SendAsync(question, cancellationToken), cancellationToken);

    private void Welcome(ChatMessage message) => _events.Add(new ChatAnswer(_options.Time.GetUtcNow(), message));

    private void Begin(Link link, DateTimeOffset? lostAt)
    {
        _batches = new Batches();
        _interpreter.Begin(link.Registered);
        Tell(new ChatConnected(_options.Time.GetUtcNow(), View.Nick, link.Registered.Server, lostAt is not null));
        if (lostAt is { } since)
        {
            _returning.Start(since, _closing.Token);
        }

        // Last, because whoever waits for it begins to send.
        _gate.Open(link);
    }

    private async Task RunAsync(Link link)
    {
        var redial = new Redial(_options);
        for (var current = link; current is not null;)
        {
            var began = _options.Time.GetTimestamp();
            var error = await current.HoldAsync(message => TakeAsync(current, message)).ConfigureAwait(false);
            var since = _options.Time.GetUtcNow() - current.Line.Silence;
            _gate.Shut();
            Questions.FailAll(error);
            _history.Fail(error);
            await current.DisposeAsync().ConfigureAwait(false);
            await _returning.StopAsync().ConfigureAwait(false);
            if (_options.Time.GetElapsedTime(began) > _options.LongestReconnectDelay)
            {
                redial.Reset();
            }

            current = await ComeBackAsync(redial, error).ConfigureAwait(false);
            if (current is not null)
            {
                Begin(current, since);
            }
        }
    }

    /// <returns>Another connection; null when there will be none.</returns>
    private async Task<Link?> ComeBackAsync(Redial redial, Exception error)
    {
        while (!_closing.IsCancellationRequested)
        {
            var delay = Refusals.IsFinal(error) ? null : redial.Next();
            Tell(new ChatDisconnected(_options.Time.GetUtcNow(), error, delay));
            if (delay is null)
            {
                End(error, error);
                return null;
            }

            try
            {
                await Task.Delay(delay.Value, _options.Time, _closing.Token).ConfigureAwait(false);
                return await Link.OpenAsync(_endpoint, _options, Welcome, _closing.Token).ConfigureAwait(false);
            }
            catch (IOException failed)
            {
                error = failed;
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        End(error: null, new ObjectDisposedException(nameof(ChatClient)));
        return null;
    }

    private void End(Exception? error, Exception forSenders)
    {
        _gate.Close(forSenders);
        _events.Complete(error);
    }

    private async ValueTask TakeAsync(Link link, ChatMessage message)
    {
        if (message.Command == "PING")
        {
            await link.Line.SendAsync(new ChatMessage("PONG", message[0] ?? "")).ConfigureAwait(false);
        }
        else if (message.Command == "CAP")
        {
            await NegotiateAsync(link, message).ConfigureAwait(false);
        }

        if (_batches.Take(message, out var stretch))
        {
            if (stretch is var (talk, messages) && !_history.TryTake(talk, messages))
            {
                TellMissed(messages);
            }

            return;
        }

        if (_interpreter.Read(message) is { } happened)
        {
            Tell(happened);
        }

        Questions.Offer(message);
        _history.Offer(message);
    }

    // Servers and relays that play what was said by themselves.
    private void TellMissed(IReadOnlyList<ChatMessage> messages)
    {
        foreach (var said in Missed(messages))
        {
            Tell(said);
        }
    }

    private IEnumerable<ChatSaid> Missed(IReadOnlyList<ChatMessage> messages) =>
        messages.Where(message => message.Command is "PRIVMSG" or "NOTICE")
            .Select(_interpreter.Said)
            .OfType<ChatSaid>()
            .Select(said => said with { IsMissed = true });

    private async ValueTask NegotiateAsync(Link link, ChatMessage message)
    {
        var names = (message.Parameters is [_, _, .., var list] ? list : "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => name.Split('=')[0])
            .ToImmutableHashSet();
        var inUse = View.Support.Capabilities;
        switch (message[1])
        {
            case "NEW" when names.Where(Registration.IsWanted).ToList() is { Count: > 0 } wanted:
                var request = new ChatMessage("CAP", "REQ", string.Join(' ', wanted));
                await link.Line.SendAsync(request).ConfigureAwait(false);
                break;
            case "ACK":
                _interpreter.Use(inUse.Union(names));
                break;
            case "DEL":
                _interpreter.Use(inUse.Except(names));
                break;
        }
    }
}
