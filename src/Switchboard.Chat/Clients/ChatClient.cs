using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Switchboard.Chat.Clients;

namespace Switchboard.Chat;

/// <summary>
/// One who takes part in a chat on any IRC server: registers, joins rooms, talks, and comes back by itself when the
/// connection is lost. What happens is received as <see cref="ChatEvent"/>s by one caller; everything else may be
/// called from anywhere, at the same time. Texts and names come from strangers.
/// </summary>
public sealed class ChatClient : IAsyncDisposable
{
    private const int AroundText = 8;
    private const int AroundAction = 9;

    private readonly ChatClientOptions _options;
#pragma warning disable CA2213 // Leaving disposes it.
    private readonly Keeper _keeper;
#pragma warning restore CA2213
    private readonly Endpoint _endpoint;
    private int _flushes;
    private int _isClosed;

    private ChatClient(Endpoint endpoint, ChatClientOptions options)
    {
        _endpoint = endpoint;
        _options = options;
        _keeper = new Keeper(endpoint, options);
    }

    /// <summary>The nick that this client has just now.</summary>
    public string Nick => _keeper.View.Nick;

    /// <summary>Whether there is a connection just now; if not, one is being made.</summary>
    public bool IsConnected => _keeper.Current is not null;

    /// <summary>What the server can do.</summary>
    public ChatSupport Support => _keeper.View.Support;

    /// <summary>The rooms in which this client is, as they are just now; looked up by the server's rule.</summary>
    public ImmutableDictionary<string, ChatRoom> Rooms => _keeper.View.Rooms;

    /// <summary>Connects and registers. Complete when the server has let this client in.</summary>
    /// <param name="endpoint">Where the server is; any kind of endpoint.</param>
    /// <param name="options">Who this is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ChatRefusedException">The server does not let this client in.</exception>
    /// <exception cref="ConnectionException">It broke, or there is none, or not in time.</exception>
    /// <exception cref="FramingException">Whoever is there does not speak the protocol.</exception>
    public static async Task<ChatClient> ConnectAsync(
        Endpoint endpoint, ChatClientOptions options, CancellationToken cancellationToken = default)
    {
        var client = new ChatClient(endpoint, options);
        await client._keeper.StartAsync(cancellationToken).ConfigureAwait(false);
        return client;
    }

    /// <summary>
    /// Yields what happens, until this client is closed. A lost connection is an event, and made anew; only when that
    /// was tried for too long, or the server does not want this client any more, its reason is thrown.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait; nothing is lost.</param>
    /// <exception cref="ChatRefusedException">The server does not let this client in again.</exception>
    /// <exception cref="ConnectionException">The connection is lost for good.</exception>
    public async IAsyncEnumerable<ChatEvent> ReceiveAllAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await ReceiveAsync(cancellationToken).ConfigureAwait(false) is { } happened)
        {
            yield return happened;
        }
    }

    /// <summary>What happened next; null when this client is closed.</summary>
    /// <param name="cancellationToken">Ends the wait; nothing is lost.</param>
    /// <inheritdoc cref="ReceiveAllAsync" path="/exception" />
    public ValueTask<ChatEvent?> ReceiveAsync(CancellationToken cancellationToken = default) =>
        _keeper.TakeAsync(cancellationToken);

    /// <summary>Joins a room, and from then on also after each reconnect.</summary>
    /// <param name="room">One room's name, such as <c>#tea</c>.</param>
    /// <param name="key">The room's key, if it has one.</param>
    /// <param name="cancellationToken">Ends the wait; the room may still be joined.</param>
    /// <returns>The room with its members.</returns>
    /// <exception cref="ArgumentException">That cannot be a room's name or a key.</exception>
    /// <exception cref="ChatRefusedException">The server does not let this client in.</exception>
    /// <exception cref="TimeoutException">The server does not answer.</exception>
    /// <exception cref="ConnectionException">The connection was lost meanwhile.</exception>
    public async Task<ChatRoom> JoinAsync(
        string room, string? key = null, CancellationToken cancellationToken = default)
    {
        ThrowUnlessName(room, nameof(room));
        await _keeper.JoinAsync(room, key, cancellationToken).ConfigureAwait(false);
        _keeper.Rooms[room] = key;
        return Rooms.GetValueOrDefault(room) ?? new ChatRoom(room);
    }

    /// <summary>Leaves a room, also for the time after a reconnect.</summary>
    /// <param name="room">Its name.</param>
    /// <param name="reason">What the others read.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">That cannot be a room's name.</exception>
    /// <exception cref="ConnectionException">The connection was lost meanwhile.</exception>
    public Task PartAsync(string room, string? reason = null, CancellationToken cancellationToken = default)
    {
        ThrowUnlessName(room, nameof(room));
        _keeper.Rooms.TryRemove(room, out _);
        return SendAsync(new ChatMessage("PART", reason is null ? [room] : [room, reason]), cancellationToken);
    }

    /// <summary>
    /// Says something in a room or to somebody. Each line of it is a message; one that is too long for the protocol
    /// becomes several, cut between words. Waits for its turn, and after a loss for the connection and the rooms;
    /// complete when it is with the operating system. <see cref="FlushAsync"/> tells whether the server has it.
    /// </summary>
    /// <param name="talk">The room's name, or a nick: <see cref="ChatSaid.Talk"/> of what is answered.</param>
    /// <param name="text">What is said.</param>
    /// <param name="kind">A message by default; programs that answer by themselves should use a notice.</param>
    /// <param name="cancellationToken">Ends the wait; what was not sent yet is not.</param>
    /// <exception cref="ArgumentException">That can be neither a room nor a nick.</exception>
    /// <exception cref="ConnectionException">The connection was lost meanwhile: it may be heard or not.</exception>
    public async Task SayAsync(
        string talk,
        string text,
        ChatSaidKind kind = ChatSaidKind.Message,
        CancellationToken cancellationToken = default)
    {
        ThrowUnlessName(talk, nameof(talk));
        var command = kind == ChatSaidKind.Notice ? "NOTICE" : "PRIVMSG";
        var overhead = command.Length + Encoding.UTF8.GetByteCount(talk) + AroundText
            + (kind == ChatSaidKind.Action ? AroundAction : 0);
        foreach (var piece in MessagePieces.Of(text, overhead, _keeper.View))
        {
            var words = kind switch
            {
                ChatSaidKind.Action => $"\u0001ACTION {piece}\u0001",
                ChatSaidKind.Request => $"\u0001{piece}\u0001",
                _ => piece,
            };
            await _keeper.SayAsync(new ChatMessage(command, talk, words), cancellationToken).ConfigureAwait(false);
            TellOwn(talk, piece, kind);
        }
    }

    /// <summary>Sends any other message, in its turn.</summary>
    /// <param name="message">What the protocol knows: <c>TOPIC</c>, <c>WHOIS</c>. Answers are events.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ConnectionException">The connection was lost meanwhile.</exception>
    /// <exception cref="ObjectDisposedException">This client is closed.</exception>
    public Task SendAsync(ChatMessage message, CancellationToken cancellationToken = default) =>
        _keeper.SendAsync(message, cancellationToken);

    /// <summary>Takes another nick.</summary>
    /// <param name="nick">One word.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">That cannot be a nick.</exception>
    /// <exception cref="ChatRefusedException">It is in use, or not allowed.</exception>
    /// <exception cref="TimeoutException">The server does not answer.</exception>
    /// <exception cref="ConnectionException">The connection was lost meanwhile.</exception>
    public Task ChangeNickAsync(string nick, CancellationToken cancellationToken = default)
    {
        ThrowUnlessName(nick, nameof(nick));
        return nick == Nick ? Task.CompletedTask : _keeper.Questions.AskAsync(
            $"nick {nick}",
            () => SendAsync(new ChatMessage("NICK", nick), cancellationToken),
            message => Refusals.IsNewNick(message, nick, _keeper.View),
            cancellationToken);
    }

    /// <summary>The newest messages of a talk, the oldest first; none where the server keeps no history.</summary>
    /// <param name="talk">The room's name, or a nick.</param>
    /// <param name="limit">How many at most; the server may give fewer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ChatRefusedException">The server does not give them.</exception>
    /// <exception cref="TimeoutException">The server does not answer.</exception>
    /// <exception cref="ConnectionException">The connection was lost meanwhile.</exception>
    public async Task<IReadOnlyList<ChatSaid>> GetHistoryAsync(
        string talk, int limit, CancellationToken cancellationToken = default)
    {
        ThrowUnlessName(talk, nameof(talk));
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return Support.HistoryLimit is { } most
            ? await _keeper.FetchAsync(talk, "LATEST", "*", Math.Min(limit, most), cancellationToken)
                .ConfigureAwait(false)
            : [];
    }

    /// <summary>Completes when the server has taken everything that was sent before.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">The server does not answer.</exception>
    /// <exception cref="ConnectionException">The connection was lost meanwhile: part of it may be lost.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default)
    {
        var mark = $"flush-{Interlocked.Increment(ref _flushes)}";
        return _keeper.Questions.AskAsync(
            "flush",
            () => SendAsync(new ChatMessage("PING", mark), cancellationToken),
            message => message.Command == "PONG" && message.Parameters is [.., var last] && last == mark,
            cancellationToken);
    }

    /// <summary>Says goodbye and closes; what was sent before is not lost.</summary>
    /// <param name="reason">What the others read.</param>
    public async Task QuitAsync(string reason)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            await _keeper.LeaveAsync(reason).ConfigureAwait(false);
        }
    }

    /// <summary>As <see cref="QuitAsync"/>, without a word.</summary>
    public async ValueTask DisposeAsync() => await QuitAsync("").ConfigureAwait(false);

    /// <summary>The nick and the endpoint.</summary>
    public override string ToString() => $"{Nick} at {_endpoint}";

    // A server that sends everything back does so with its own time and id.
    private void TellOwn(string talk, string text, ChatSaidKind kind)
    {
        if (!Support.Capabilities.Contains("echo-message"))
        {
            _keeper.Tell(new ChatSaid(_options.Time.GetUtcNow(), Nick, talk, text) { Kind = kind, IsOwn = true });
        }
    }

    private static void ThrowUnlessName(string name, string parameter)
    {
        if (name.Length == 0 || name[0] == ':' || name.AsSpan().IndexOfAny(" ,\r\n\0") >= 0)
        {
            throw new ArgumentException($"\"{name}\" is no name: it has to be one word, without commas.", parameter);
        }
    }
}
