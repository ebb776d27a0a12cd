using System.Runtime.InteropServices;
using Switchboard.Board.Kernel;

namespace Switchboard.Board.Watching;

/// <summary>
/// Every socket of this machine, from one look at the kernel to the next, joined with what the library tells of
/// this process. Used by one thread at a time.
/// </summary>
internal sealed class MachineSockets(OwnSockets own, TimeProvider time) : IDisposable
{
    // Of so many TCP sockets, or fewer, everything is asked at every look.
    private const int FewSockets = 1000;

    private readonly Dictionary<ulong, WatchedSocket> _byCookie = [];
    private readonly Dictionary<(int, KernelAddress), OwnConnection> _ownByEnds = [];
    private readonly List<SocketRow> _rows = [];
    private readonly string _ownProcess = new OwningProcess(Environment.ProcessId, OwnName()).ToString();
    private SocketDump? _dump;

    // Whether the library has told of a connection that the kernel has not been seen with yet.
    private bool _isOneUnmet;
    private int _streams;
    private long _looks;
    private long _unixLooks;
    private long _lastNumber;

    /// <summary>All that is there, in the order in which it was seen first.</summary>
    public List<WatchedSocket> All { get; } = [];

    /// <summary>What is missing since the last look, with the reason.</summary>
    public List<EndedSocket> Ended { get; } = [];

    /// <summary>Why the kernel cannot be asked; null if it can.</summary>
    public string? Problem { get; private set; } =
        SocketDump.IsAvailable ? null : "Only Linux tells of the sockets of other processes.";

    public void Dispose() => _dump?.Dispose();

    /// <summary>What this process is called.</summary>
    public static string OwnName()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.ProcessName;
    }

    /// <summary>Takes in what the library told since the last call.</summary>
    public void LookAtOwn()
    {
        foreach (var (connection, end, at) in own.TakeEnded())
        {
            NoteEnd(connection, end, at);
        }

        foreach (var connection in own.Connections)
        {
            if (connection.Shown is null)
            {
                Show(connection);
            }

            connection.Shown!.Count(connection.Connection.BytesReceived, connection.Connection.BytesSent, time);
        }

        RemoveGone();
        _isOneUnmet = own.Connections.Any(static one => one is { Ends: not null, Shown.HasRow: false });
    }

    /// <summary>Asks the kernel for all sockets.</summary>
    /// <param name="withUnix">
    /// Also for Unix domain sockets: a desktop has thousands of them, and few people who look at a network want to.
    /// </param>
    public void LookAtAll(bool withUnix)
    {
        if (!SocketDump.IsAvailable)
        {
            return;
        }

        // How many there are is known from the second look on.
        var detail = _looks > 0 && _streams <= FewSockets ? SocketDetail.Flow : SocketDetail.None;
        _rows.Clear();
        Ask(dump =>
        {
            dump.AddAll(SocketDump.AllStates & ~SocketDump.Only(SocketState.Listen), detail, _rows);
            dump.AddAll(SocketDump.Only(SocketState.Listen), detail | SocketDetail.Memory, _rows);
            _streams = _rows.Count;
            dump.AddDatagrams(_rows);
            if (withUnix)
            {
                dump.AddUnix(_rows);
            }
        });
        if (Problem is null)
        {
            _looks++;
            _unixLooks = withUnix ? _unixLooks + 1 : 0;
            TakeRows();
        }
    }

    /// <summary>Asks the kernel for everything about one of them; of others than TCP it has told it.</summary>
    public void LookClosely(WatchedSocket socket)
    {
        if (!socket.HasRow || socket.IsGone || socket.Kind != SocketKind.Tcp)
        {
            return;
        }

        Ask(dump =>
        {
            if (dump.Find(socket.Row, SocketDetail.Everything) is { } row)
            {
                Take(socket, row);
            }
        });
    }

    /// <summary>Ends a connection, whosever it is.</summary>
    /// <returns>Why that cannot be done; null if it was.</returns>
    public static string? Kick(WatchedSocket socket)
    {
        if (socket.Own is { } ours)
        {
            ours.Connection.Abort();
            return null;
        }

        if (!socket.HasRow || socket.Kind != SocketKind.Tcp || socket.Row.State == SocketState.Listen)
        {
            return "Of other processes only TCP connections can be reset.";
        }

        try
        {
            using var dump = new SocketDump();
            dump.Destroy(socket.Row);
            return null;
        }
        catch (KernelException error)
        {
            return error.Error switch
            {
                Libc.NotPermitted =>
                    "It belongs to another process, and only root may reset those (CAP_NET_ADMIN).",
                Libc.NotSupported => "This kernel was built without the means to reset connections of other processes "
                    + "(INET_DIAG_DESTROY).",
                _ => error.Message,
            };
        }
    }

    private void Ask(Action<SocketDump> question)
    {
        try
        {
            question(_dump ??= new SocketDump());
            Problem = null;
        }
        catch (KernelException error)
        {
            // What is left of an answer must not be taken for the next one.
            Problem = error.Message;
            _dump?.Dispose();
            _dump = null;
        }
    }

    private void TakeRows()
    {
        foreach (ref readonly var row in CollectionsMarshal.AsSpan(_rows))
        {
            if (!_byCookie.TryGetValue(row.Cookie, out var socket))
            {
                _byCookie[row.Cookie] = socket = Meet(row);
            }

            socket.Look = _looks;

            // The kernel has a connection long before a busy program accepts it.
            if (_isOneUnmet && socket is { Own: null, IsEndTold: false } && row.Kind == SocketKind.Tcp)
            {
                JoinOwn(socket, row);
            }

            Take(socket, row);
        }

        foreach (var socket in All)
        {
            if (socket.HasRow && socket.Look != _looks)
            {
                NoteAbsence(socket);
            }
        }

        RemoveGone();
    }

    private void Take(WatchedSocket socket, in SocketRow row)
    {
        socket.Take(row, time.GetUtcNow());
        if (socket.Own is null && row.Flow is { BytesReceived: { } received, BytesAcknowledged: { } sent })
        {
            socket.Count(received, sent, time);
        }
    }

    // A row of this process is there already, if the library was quicker than the kernel.
    private WatchedSocket Meet(in SocketRow row) =>
        row.Kind == SocketKind.Tcp
            && _ownByEnds.TryGetValue(OwnConnection.EndsOf(row), out var ours)
            && ours.Shown is { HasRow: false } shown
            ? shown
            : Add(time.GetUtcNow(), row.Kind == SocketKind.Unix ? _unixLooks : _looks);

    private void JoinOwn(WatchedSocket socket, in SocketRow row)
    {
        if (!_ownByEnds.TryGetValue(OwnConnection.EndsOf(row), out var ours) || ours.Shown is { HasRow: true })
        {
            return;
        }

        if (ours.Shown is { } twin)
        {
            twin.IsGone = true;
        }

        socket.BecomeOwn(ours, _ownProcess);
    }

    private void Show(OwnConnection connection)
    {
        if (connection.Ends is { } ends)
        {
            _ownByEnds[ends] = connection;
        }

        Add(connection.OpenedAt, _looks).BecomeOwn(connection, _ownProcess);
    }

    private WatchedSocket Add(DateTimeOffset openedAt, long looks)
    {
        // What was there at the first look is older than that; what comes later came since the last one.
        var socket = new WatchedSocket(++_lastNumber, openedAt) { IsAgeKnown = looks > 1 };
        All.Add(socket);
        return socket;
    }

    private void NoteEnd(OwnConnection connection, ConnectionEnd end, DateTimeOffset at)
    {
        if (connection.Ends is { } ends && _ownByEnds.TryGetValue(ends, out var known) && known == connection)
        {
            _ownByEnds.Remove(ends);
        }

        Ended.Add(new EndedSocket(
            connection.Shown?.Number ?? 0,
            at,
            connection.Connection.Local.ToString(),
            connection.Connection.Remote.ToString(),
            EndWords.Of(end))
        {
            Connection = connection.Connection.Id,
            IsOfThisProcess = true,
            Process = _ownProcess,
            BytesReceived = end.BytesReceived,
            BytesSent = end.BytesSent,
            Age = end.Age,
            IsFailure = EndWords.IsFailure(end.Reason),
        });
        if (connection.Shown is { } shown)
        {
            shown.IsGone = !shown.HasRow;
            shown.LoseOwner();
        }
    }

    private void NoteAbsence(WatchedSocket socket)
    {
        if (socket.Own is not null)
        {
            // The library will say how it ended; of a socket that was given away, nobody does.
            return;
        }

        socket.IsGone = true;
        if (!socket.IsEndTold && socket.Kind == SocketKind.Tcp)
        {
            Ended.Add(new EndedSocket(
                socket.Number, time.GetUtcNow(), socket.Local, socket.Remote, EndWords.Of(socket.State))
            {
                IsOfThisProcess = socket.IsOfThisProcess,
                Process = socket.Process,
                BytesReceived = socket.BytesReceived,
                BytesSent = socket.BytesSent,
                Age = socket.IsAgeKnown ? time.GetUtcNow() - socket.OpenedAt : null,
                IsFailure = socket.State == SocketState.SynSent,
            });
        }
    }

    private void RemoveGone()
    {
        foreach (var socket in All)
        {
            if (socket.IsGone)
            {
                _byCookie.Remove(socket.Row.Cookie);
            }
        }

        All.RemoveAll(static socket => socket.IsGone);
    }
}
