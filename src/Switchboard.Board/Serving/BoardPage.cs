using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using Switchboard.Board.Events;
using Switchboard.Board.Kernel;
using Switchboard.Board.Viewing;
using Switchboard.Board.Watching;

namespace Switchboard.Board.Serving;

/// <summary>One page that somebody has open: it says what it wants to see, and is told what changes.</summary>
internal sealed class BoardPage : IViewer, IDisposable
{
    // So many events a second would make a page stutter, and nobody can read faster.
    private static readonly TimeSpan FollowPause = TimeSpan.FromMilliseconds(50);

    private readonly WebSocket _socket;
    private readonly BoardWatch _watch;
    private readonly TimeProvider _time;
    private readonly PageView _view = new();
    private readonly SemaphoreSlim _changed = new(0);
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly ConcurrentQueue<ReadOnlyMemory<byte>> _answers = [];
    private readonly Lock _lock = new();
    private ViewAsk _ask = new();
    private ViewAsk? _shown;
    private byte[]? _look;
    private (TrafficLog Log, IDisposable Observing)? _following;

    // What is to be followed when its turn comes; meanwhile the page may have wished for another, or have left.
    private long _wanted;

    public BoardPage(WebSocket socket, BoardWatch watch, TimeProvider time)
    {
        _socket = socket;
        _watch = watch;
        _time = time;
    }

    IEnumerable<WatchedSocket> IViewer.Seen => _view.Seen;

    bool IViewer.WantsUnix => Volatile.Read(ref _ask).WantsUnix;

    bool IViewer.WantsAnother => Volatile.Read(ref _ask) != _shown;

    /// <summary>Shows it the board until it leaves.</summary>
    public async Task ServeAsync(CancellationToken stopping)
    {
        Greet();
        using var place = _watch.Join(this);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var sending = SendAllAsync(leaving.Token);
        try
        {
            await ReceiveAllAsync(stopping).ConfigureAwait(false);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
        {
            // The page is gone, or the board stops.
        }

        await leaving.CancelAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    void IViewer.Show(Look look)
    {
        // A page that has not got the last one yet is told of both together, next time.
        if (Volatile.Read(ref _look) is null)
        {
            var ask = Volatile.Read(ref _ask);
            Volatile.Write(ref _look, _view.Compose(look, ask).ToArray());
            _shown = ask;
            Changed();
        }
    }

    public void Dispose()
    {
        Want(0);
        _changed.Dispose();
    }

    private void Changed()
    {
        try
        {
            _changed.Release();
        }
        catch (ObjectDisposedException)
        {
            // The page has left, and a connection that it followed goes on.
        }
    }

    private async Task ReceiveAllAsync(CancellationToken stopping)
    {
        var buffer = new byte[AskReader.MaxBytes];
        var length = 0;
        while (true)
        {
            var piece = await _socket.ReceiveAsync(buffer.AsMemory(length), stopping).ConfigureAwait(false);
            length += piece.Count;
            if (piece.MessageType != WebSocketMessageType.Text || length == buffer.Length)
            {
                return;
            }

            if (piece.EndOfMessage)
            {
                Obey(AskReader.Read(buffer.AsMemory(0, length)));
                length = 0;
            }
        }
    }

    private void Obey(PageWish? wish)
    {
        switch (wish)
        {
            case { Kind: PageWishKind.View, View: { } view }:
                Volatile.Write(ref _ask, view);
                _watch.Wake();
                break;
            case { Kind: PageWishKind.Kick }:
                _watch.Post(machine => Answer("kicked", wish.Number, Kick(machine, wish.Number)));
                break;
            case { Kind: PageWishKind.Follow }:
                Want(wish.Number);
                _watch.Post(machine => Follow(machine, wish.Number));
                break;
        }
    }

    private static string? Kick(MachineSockets machine, long number) =>
        machine.All.Find(socket => socket.Number == number) is { } socket
            ? MachineSockets.Kick(socket)
            : "It is gone already.";

    private void Follow(MachineSockets machine, long number)
    {
        if (machine.All.Find(socket => socket.Number == number)?.Own is { } own)
        {
            var log = new TrafficLog(_time, Changed);
            lock (_lock)
            {
                if (_wanted == number && _following is null)
                {
                    _following = (log, own.Connection.Observe(log));
                }
            }
        }
    }

    private void Want(long number)
    {
        lock (_lock)
        {
            _wanted = number;
            _following?.Observing.Dispose();
            _following = null;
        }
    }

    private void Greet() => Tell("hello", json =>
    {
        json.WriteString("process", new OwningProcess(Environment.ProcessId, MachineSockets.OwnName()).ToString());
        json.WriteNumber("started", _watch.Started.ToUnixTimeMilliseconds());
        json.WriteString("machine", Environment.MachineName);
        json.WriteString("system", RuntimeInformation.OSDescription);
    });

    private void Answer(string name, long number, string? problem) => Tell(name, json =>
    {
        json.WriteNumber("n", number);
        json.WriteString("error", problem);
    });

    private void Tell(string name, Action<Utf8JsonWriter> fields)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            EventLine.Begin(json, name, _time.GetUtcNow());
            fields(json);
            json.WriteEndObject();
        }

        _answers.Enqueue(line.WrittenMemory);
        Changed();
    }

    private async Task SendAllAsync(CancellationToken leaving)
    {
        while (true)
        {
            await _changed.WaitAsync(leaving).ConfigureAwait(false);
            if (ComposeLines())
            {
                await _socket.SendAsync(_lines.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, leaving)
                    .ConfigureAwait(false);
                if (((IViewer)this).WantsAnother)
                {
                    // What it asked for meanwhile found the last look not sent yet.
                    _watch.Wake();
                }

                await Task.Delay(FollowPause, _time, leaving).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Puts together what there is to tell, an event a line.</summary>
    private bool ComposeLines()
    {
        _lines.ResetWrittenCount();
        foreach (var happened in Taken())
        {
            using (var json = new Utf8JsonWriter(_lines))
            {
                happened.Write(json);
            }

            _lines.Write("\n"u8);
        }

        while (_answers.TryDequeue(out var answer))
        {
            _lines.Write(answer.Span);
            _lines.Write("\n"u8);
        }

        if (Interlocked.Exchange(ref _look, null) is { } look)
        {
            _lines.Write(look);
            _lines.Write("\n"u8);
        }

        return _lines.WrittenCount > 0;
    }

    private IReadOnlyList<TrafficEvent> Taken()
    {
        lock (_lock)
        {
            return _following?.Log.Take() ?? [];
        }
    }
}
