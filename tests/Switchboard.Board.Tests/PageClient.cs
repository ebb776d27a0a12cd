using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Switchboard.Cli.Tests.Output;
using Switchboard.Tests.Connections;

namespace Switchboard.Board.Tests;

/// <summary>Takes the place of a page: says what it wants to see, and hears events.</summary>
internal sealed class PageClient(ClientWebSocket socket) : IDisposable
{
    // Whose a socket is may be looked for once a minute only, and shown at the next look, ten seconds later.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly byte[] _buffer = new byte[1024 * 1024];
    private readonly Queue<JsonElement> _events = [];
    private readonly Dictionary<long, JsonElement> _rows = [];
    private long _asked;

    public ClientWebSocket Socket => socket;

    /// <summary>How many bytes it was sent so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many match, as it was told last.</summary>
    public int Matching { get; private set; } = -1;

    /// <summary>The place of the first row that it shows.</summary>
    public int First { get; private set; }

    /// <summary>The numbers of the rows that it shows.</summary>
    public IReadOnlyList<long> Order { get; private set; } = [];

    public Task SayAsync(string message) => socket.SendAsync(
        Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).Soon();

    /// <summary>
    /// Says what it wants to see, and waits until it is shown that: looks that were made before show something else.
    /// </summary>
    /// <param name="view">The members of the wish, such as <c>"own":true</c>.</param>
    /// <returns>The look that is the answer.</returns>
    public async Task<JsonElement> AskAsync(string view)
    {
        var asked = ++_asked;
        await SayAsync($$"""{"ask":"view","asked":{{asked}},{{view}}}""");
        return await ReceiveUntilAsync("look", look => look.GetProperty("asked").GetInt64() == asked);
    }

    /// <summary>The next event; null when the server has closed.</summary>
    public async Task<JsonElement?> ReceiveAsync()
    {
        while (_events.Count == 0)
        {
            var length = 0;
            ValueWebSocketReceiveResult piece;
            do
            {
                piece = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None).AsTask().Soon();
                length += piece.Count;
            }
            while (!piece.EndOfMessage);

            if (piece.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            Bytes += length;
            var lines = Encoding.UTF8.GetString(_buffer, 0, length);
            foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                _events.Enqueue(JsonDocument.Parse(line).RootElement);
            }
        }

        var next = _events.Dequeue();
        if (next.GetProperty("event").GetString() != "look")
        {
            EventTable.Check(next);
        }
        else
        {
            Take(next);
        }

        return next;
    }

    /// <summary>Receives events until one fits.</summary>
    public async Task<JsonElement> ReceiveUntilAsync(Func<JsonElement, bool> fits)
    {
        // Looks come for ever: without an end, one that never fits would be a stuck run.
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var happened = await ReceiveAsync() ?? throw new InvalidOperationException("The board has closed.");
            if (fits(happened))
            {
                return happened;
            }

            Assert.False(
                patience.IsCancellationRequested,
                $"Still none fits. The last: {happened}; all rows: {string.Join(' ', _rows.Values)}");
        }
    }

    /// <summary>Receives events of one name until one fits.</summary>
    public Task<JsonElement> ReceiveUntilAsync(string name, Func<JsonElement, bool>? fits = null) =>
        ReceiveUntilAsync(happened => happened.GetProperty("event").GetString() == name
            && (fits is null || fits(happened)));

    /// <summary>Looks until a row fits that was told, now or before, and tells that row.</summary>
    public async Task<JsonElement> FindRowAsync(Func<JsonElement, bool> fits)
    {
        if (!_rows.Values.Any(fits))
        {
            await ReceiveUntilAsync("look", _ => _rows.Values.Any(fits));
        }

        return _rows.Values.First(fits);
    }

    /// <summary>Receives looks until something holds, if it does not yet.</summary>
    public Task WaitAsync(Func<bool> holds) =>
        holds() ? Task.CompletedTask : ReceiveUntilAsync("look", _ => holds());

    public void Dispose() => socket.Dispose();

    // Only what has changed is told.
    private void Take(JsonElement look)
    {
        Matching = look.TryGetProperty("matching", out var matching) ? matching.GetInt32() : Matching;
        First = look.TryGetProperty("first", out var first) ? first.GetInt32() : First;
        Order = look.TryGetProperty("order", out var order)
            ? [.. order.EnumerateArray().Select(number => number.GetInt64())]
            : Order;
        foreach (var row in look.GetProperty("rows").EnumerateArray())
        {
            _rows[row.GetProperty("n").GetInt64()] = row;
        }
    }
}
