using Switchboard.Board.Kernel;

namespace Switchboard.Board.Watching;

/// <summary>
/// One connection or listener as the board knows it: what the kernel tells, what the library tells if it is of this
/// process, and what is found by comparing two looks.
/// </summary>
/// <param name="number">What the page calls it.</param>
/// <param name="openedAt">When it began, or was first seen.</param>
internal sealed class WatchedSocket(long number, DateTimeOffset openedAt)
{
    private const double LeastSecondsBetweenCounts = 0.1;

    private SocketRow _row;
    private long _countedAt;
    private long? _taken;
    private string? _search;
    private WatchedSocket? _peer;

    public long Number => number;

    public DateTimeOffset OpenedAt { get; private set; } = openedAt;

    /// <summary>Whether it began at <see cref="OpenedAt"/>; otherwise it is older than that.</summary>
    public bool IsAgeKnown { get; set; }

    /// <summary>The connection of this process that it is; null for another process's, or once it is closed.</summary>
    public OwnConnection? Own { get; private set; }

    /// <summary>Whether the kernel has told of it.</summary>
    public bool HasRow { get; private set; }

    /// <summary>What the kernel told last.</summary>
    public ref readonly SocketRow Row => ref _row;

    /// <summary>What it speaks; null for what is none of the kernel's sockets, such as shared memory.</summary>
    public SocketKind? Kind => HasRow ? _row.Kind : Own?.Connection.Local switch
    {
        HostEndpoint => SocketKind.Tcp,
        UnixEndpoint => SocketKind.Unix,
        _ => null,
    };

    /// <summary>Whether it is one: sockets of datagrams are not, of unix only what the library tells.</summary>
    public bool IsConnection => State != SocketState.Listen && (Own is not null || Kind == SocketKind.Tcp);

    /// <summary>Of a Unix domain socket, its other end; null if there is none.</summary>
    public WatchedSocket? Peer
    {
        get => _peer;
        set
        {
            if (_peer != value)
            {
                _peer = value;
                _search = null;
            }
        }
    }

    /// <summary>Whether another row shows the same, as the library told of it.</summary>
    public bool IsTwin { get; set; }

    public SocketState State { get; private set; } = SocketState.Established;

    /// <summary>Since when it is in that state, as far as was seen.</summary>
    public DateTimeOffset StateSince { get; private set; } = openedAt;

    /// <summary>Since when as many bytes or more wait for the peer, and it confirms none; null if none wait.</summary>
    public DateTimeOffset? StuckSince { get; private set; }

    /// <summary>Since when as many bytes or more wait for the program, and it takes none; null if none wait.</summary>
    public DateTimeOffset? UnreadSince { get; private set; }

    /// <summary>
    /// When the kernel last told how much was confirmed and taken, and not only how much waits; null if it never has.
    /// </summary>
    public DateTimeOffset? LookedCloselyAt { get; private set; }

    /// <summary>When datagrams were dropped last, as far as was seen; null if none were.</summary>
    public DateTimeOffset? DropsGrownAt { get; private set; }

    public long? BytesReceived { get; private set; }

    public long? BytesSent { get; private set; }

    public double? ReceiveRate { get; private set; }

    public double? SendRate { get; private set; }

    /// <summary>Who has it open, as far as is known; null if nobody knows.</summary>
    public string? Process { get; set; }

    /// <summary>Whether this process has it open.</summary>
    public bool IsOfThisProcess { get; private set; }

    /// <summary>What is wrong with it; null for nothing.</summary>
    public string? Warning { get; set; }

    /// <summary>In which look the kernel told of it last.</summary>
    public long Look { get; set; }

    /// <summary>Whether its end was told already, by the library.</summary>
    public bool IsEndTold { get; set; }

    /// <summary>Whether it is gone.</summary>
    public bool IsGone { get; set; }

    public string Local => Own?.Connection.Local.ToString() ?? (HasRow ? SocketNames.Local(_row) : "");

    public string Remote => Own?.Connection.Remote.ToString()
        ?? (HasRow ? SocketNames.Remote(_row, _peer?.Row.Unix) : "");

    /// <summary>What a search looks at, in lower case.</summary>
    public string SearchText => _search ??=
        $"{Local} {Remote} {Process} {Peer?.Process} {SocketStates.NameOf(State)} #{Own?.Connection.Id}"
            .ToLowerInvariant();

    public void BecomeOwn(OwnConnection own, string process)
    {
        Own = own;
        own.Shown = this;
        OpenedAt = own.OpenedAt;
        IsAgeKnown = true;
        Process = process;
        IsOfThisProcess = true;
        _search = null;
    }

    /// <summary>The process has closed it; what the kernel still has of it is nobody's.</summary>
    public void LoseOwner()
    {
        Own = null;
        IsOfThisProcess = false;
        IsEndTold = true;
        _search = null;
    }

    /// <summary>Takes who has it open.</summary>
    public void NameProcesses(IEnumerable<OwningProcess> processes)
    {
        Process = string.Join(", ", processes);
        IsOfThisProcess = processes.Any(static process => process.Id == Environment.ProcessId);
        _search = null;
        _peer?._search = null;
    }

    /// <summary>Takes what the kernel tells now.</summary>
    public void Take(in SocketRow row, DateTimeOffset now)
    {
        NoteQueues(row, now);
        if (!HasRow || row.State != State)
        {
            State = row.State;
            StateSince = HasRow ? now : StateSince;
            _search = null;
        }

        // A quick look tells less: what the last thorough one told stays.
        _row = row.Flow is null && _row.Flow is { } flow && row.State == _row.State ? row with { Flow = flow } : row;
        HasRow = true;
        if (row.Flow is not null)
        {
            (LookedCloselyAt, _taken) = (now, TakenOf(row));
        }
    }

    /// <summary>Takes byte counts, and finds the rates since the last ones.</summary>
    /// <param name="received">So far.</param>
    /// <param name="sent">So far.</param>
    /// <param name="time">Whose timestamps are compared.</param>
    public void Count(long received, long sent, TimeProvider time)
    {
        var at = time.GetTimestamp();
        if (BytesReceived is { } receivedBefore && BytesSent is { } sentBefore)
        {
            // Of two looks in quick succession the second tells nothing of rates.
            var seconds = time.GetElapsedTime(_countedAt, at).TotalSeconds;
            if (seconds < LeastSecondsBetweenCounts)
            {
                return;
            }

            ReceiveRate = (received - receivedBefore) / seconds;
            SendRate = (sent - sentBefore) / seconds;
        }

        (BytesReceived, BytesSent, _countedAt) = (received, sent, at);
    }

    private void NoteQueues(in SocketRow row, DateTimeOffset now)
    {
        StuckSince = SinceWhen(
            StuckSince, row, row.Waiting, _row.Waiting,
            hasMoved: IsOther(row.Flow?.BytesAcknowledged, _row.Flow?.BytesAcknowledged), now);
        UnreadSince = SinceWhen(
            UnreadSince, row, row.Unread, _row.Unread, hasMoved: IsOther(TakenOf(row), _taken), now);
        DropsGrownAt = HasRow && row.Drops > _row.Drops ? now : DropsGrownAt;
    }

    private DateTimeOffset? SinceWhen(
        DateTimeOffset? since, in SocketRow row, uint queued, uint queuedBefore, bool hasMoved, DateTimeOffset now)
    {
        if (row.State == SocketState.Listen || queued == 0)
        {
            return null;
        }

        return since is null || (HasRow && (hasMoved || queued < queuedBefore)) ? now : since;
    }

    /// <summary>Of what has come, how much the program has taken; null if this look does not tell.</summary>
    private static long? TakenOf(in SocketRow row) => row.Flow?.BytesReceived - row.Unread;

    private static bool IsOther(long? count, long? before) => count is not null && count != before;
}
