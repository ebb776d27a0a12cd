namespace Switchboard.Board.Events;

/// <summary>
/// Keeps what one connection does until somebody takes it. It never makes the connection wait: whoever takes too slowly
/// loses bytes, and is told how many.
/// </summary>
/// <param name="time">Dates what happens.</param>
/// <param name="changed">Called when there is something to take; must return at once.</param>
internal sealed class TrafficLog(TimeProvider time, Action changed) : TrafficObserver
{
    private const int MostPendingBytes = 256 * 1024;

    private const int MostPieceBytes = 64 * 1024;

    // What an event takes beside its bytes, so that many small ones are not for free.
    private const int OverheadBytes = 128;

    private readonly Lock _lock = new();
    private List<TrafficEvent> _pending = [];
    private int _pendingBytes;
    private long _skipped;

    public override void ReceiveStarted(Connection connection, int maxBytes) =>
        Add(new("receiving", time.GetUtcNow(), connection.Id) { Bytes = maxBytes });

    public override void Received(Connection connection, ReadOnlySpan<byte> bytes) =>
        AddPiece("received", connection, bytes);

    public override void PeerFinished(Connection connection) =>
        Add(new("peer-finished", time.GetUtcNow(), connection.Id));

    public override void SendStarted(Connection connection, int bytes) =>
        Add(new("sending", time.GetUtcNow(), connection.Id) { Bytes = bytes });

    public override void Sent(Connection connection, ReadOnlySpan<byte> bytes) => AddPiece("sent", connection, bytes);

    public override void SendingCompleted(Connection connection) =>
        Add(new("finished", time.GetUtcNow(), connection.Id));

    public override void Ended(Connection connection, ConnectionEnd end) =>
        Add(new("ended", time.GetUtcNow(), connection.Id) { End = end });

    /// <summary>Takes out what has happened since the last call, in order.</summary>
    public IReadOnlyList<TrafficEvent> Take()
    {
        lock (_lock)
        {
            var taken = _pending;
            _pending = [];
            _pendingBytes = 0;
            return taken;
        }
    }

    private void AddPiece(string name, Connection connection, ReadOnlySpan<byte> bytes)
    {
        // A receive into no room has waited for bytes, and there are none to show.
        if (bytes.IsEmpty)
        {
            return;
        }

        var kept = bytes[..Math.Min(bytes.Length, MostPieceBytes)];
        Add(new(name, time.GetUtcNow(), connection.Id) { Piece = kept.ToArray() });
        Interlocked.Add(ref _skipped, bytes.Length - kept.Length);
    }

    private void Add(TrafficEvent happened)
    {
        lock (_lock)
        {
            var cost = OverheadBytes + (happened.Piece?.Length ?? 0);
            if (_pendingBytes + cost > MostPendingBytes && happened.End is null)
            {
                Interlocked.Add(ref _skipped, happened.Piece?.Length ?? 0);
                return;
            }

            if (Interlocked.Exchange(ref _skipped, 0) is > 0 and var skipped)
            {
                _pending.Add(new("skipped", happened.Time, happened.Connection) { Bytes = skipped });
            }

            _pending.Add(happened);
            _pendingBytes += cost;
        }

        changed();
    }
}
