using System.Buffers;
using System.Text.Json;
using Switchboard.Board.Events;
using Switchboard.Board.Kernel;
using Switchboard.Board.Watching;

namespace Switchboard.Board.Viewing;

/// <summary>
/// What one page was told so far. It is told the changes only, and of the rows only those that it shows: what that
/// costs does not depend on how many there are.
/// </summary>
internal sealed class PageView
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private Dictionary<long, ShownRow> _rows = [];
    private List<long> _order = [];
    private Dictionary<long, WatchedListener> _listeners = [];
    private List<BoardWarning>? _warnings;
    private long _endedTold = -1;
    private (int First, int Matching) _window = (-1, -1);
    private long _anew;

    /// <summary>The rows that the page shows.</summary>
    public IReadOnlyList<WatchedSocket> Seen { get; private set; } = [];

    /// <summary>Writes the event that brings the page up to date.</summary>
    /// <returns>One line; valid until the next call.</returns>
    public ReadOnlyMemory<byte> Compose(Look look, ViewAsk ask)
    {
        _line.ResetWrittenCount();
        ForgetIfAsked(ask);
        using (var json = new Utf8JsonWriter(_line))
        {
            EventLine.Begin(json, "look", look.At);
            json.WriteNumber("anew", ask.Anew);
            json.WriteNumber("asked", ask.Asked);
            json.WriteNumber("interval", (long)look.Interval.TotalMilliseconds);
            if (look.Problem is not null)
            {
                json.WriteString("problem", look.Problem);
            }

            LookMessage.WriteTotals(json, look.Totals, ask);
            WriteListeners(json, look.Listeners.FindAll(one => IsShown(ask, one)));
            WriteRows(json, look, ask);
            WriteWarnings(json, look.Warnings);
            WriteEnded(json, look.Ended);
            WriteSelected(json, look, ask);
            json.WriteEndObject();
        }

        return _line.WrittenMemory;
    }

    private void ForgetIfAsked(ViewAsk ask)
    {
        if (ask.Anew != _anew)
        {
            (_rows, _order, _listeners, _warnings) = ([], [], [], null);
            (_endedTold, _window, _anew) = (-1, (-1, -1), ask.Anew);
        }
    }

    private static bool IsOf(Look look, ViewAsk ask, WatchedSocket socket)
    {
        if (ask.Listener == 0)
        {
            return !look.IsOfBoard(socket);
        }

        // Of another process only the port or the path tells.
        return ask.Listener < 0
            ? look.ListenerOf(socket) == ask.Listener
            : look.Sockets.Find(one => one.Number == ask.Listener) is { } listener
                && listener.Kind == socket.Kind
                && listener.Row.Local.Port == socket.Row.Local.Port
                && listener.Row.Unix?.Path == socket.Row.Unix?.Path;
    }

    private static bool IsShown(ViewAsk ask, WatchedListener listener) =>
        listener.IsOwn || listener.Kind != SocketKind.Unix || ask.WantsUnix;

    private void WriteListeners(Utf8JsonWriter json, List<WatchedListener> listeners)
    {
        var changed = listeners.Where(one => !_listeners.TryGetValue(one.Number, out var told) || told != one).ToList();
        if (changed.Count == 0 && _listeners.Count == listeners.Count)
        {
            return;
        }

        json.WriteStartArray("listeners");
        changed.ForEach(one => LookMessage.Write(json, one));
        json.WriteEndArray();
        json.WriteStartArray("listenerOrder");
        listeners.ForEach(one => json.WriteNumberValue(one.Number));
        json.WriteEndArray();
        _listeners = listeners.ToDictionary(static one => one.Number);
    }

    private void WriteRows(Utf8JsonWriter json, Look look, ViewAsk ask)
    {
        var (seen, matching, states) = Selection.Of(ask, look.Sockets, socket => IsOf(look, ask, socket));
        Seen = seen;
        LookMessage.WriteStates(json, states);
        var first = Math.Clamp(ask.First, 0, Math.Max(matching - 1, 0));
        if (_window != (first, matching))
        {
            json.WriteNumber("first", first);
            json.WriteNumber("matching", matching);
            _window = (first, matching);
        }

        var order = seen.ConvertAll(static socket => socket.Number);
        if (!order.SequenceEqual(_order))
        {
            json.WriteStartArray("order");
            order.ForEach(json.WriteNumberValue);
            json.WriteEndArray();
            _order = order;
        }

        WriteChangedRows(json, seen.Select(socket => ShownRow.Of(socket, look.ListenerOf(socket))));
    }

    private void WriteChangedRows(Utf8JsonWriter json, IEnumerable<ShownRow> rows)
    {
        var now = new Dictionary<long, ShownRow>();
        json.WriteStartArray("rows");
        foreach (var row in rows)
        {
            now[row.Number] = row;
            if (!_rows.TryGetValue(row.Number, out var told) || told != row)
            {
                row.Write(json);
            }
        }

        json.WriteEndArray();
        _rows = now;
    }

    private void WriteWarnings(Utf8JsonWriter json, List<BoardWarning> warnings)
    {
        if (_warnings is null || !warnings.SequenceEqual(_warnings))
        {
            json.WriteStartArray("warnings");
            warnings.ForEach(one => LookMessage.Write(json, one));
            json.WriteEndArray();
            _warnings = warnings;
        }
    }

    private void WriteEnded(Utf8JsonWriter json, EndedLog log)
    {
        if (log.Count == _endedTold)
        {
            return;
        }

        json.WriteNumber("endedCount", log.Count);
        json.WriteStartArray("ended");
        foreach (var ended in log.After(Math.Max(_endedTold, 0)))
        {
            LookMessage.Write(json, ended);
        }

        json.WriteEndArray();
        _endedTold = log.Count;
    }

    private void WriteSelected(Utf8JsonWriter json, Look look, ViewAsk ask)
    {
        if (ask.Selected == 0)
        {
            return;
        }

        var selected = look.Sockets.Find(socket => socket.Number == ask.Selected);
        if (selected is null)
        {
            json.WriteNumber("gone", ask.Selected);
            return;
        }

        // Also when it is scrolled out of sight.
        if (!Seen.Contains(selected))
        {
            Seen = [.. Seen, selected];
        }

        json.WritePropertyName("selected");
        ShownRow.Of(selected, look.ListenerOf(selected)).Write(json);
        json.WritePropertyName("kernel");
        LookMessage.WriteKernel(json, selected, look.LimitsOf(selected));
    }
}
