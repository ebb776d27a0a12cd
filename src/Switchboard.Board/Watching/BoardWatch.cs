using System.Collections.Concurrent;

namespace Switchboard.Board.Watching;

/// <summary>
/// Looks at all sockets again and again while somebody views the board, and not at all while nobody does. How often
/// depends on what a look and showing it cost: a share of one processor, and still every few seconds.
/// </summary>
internal sealed class BoardWatch : IAsyncDisposable
{
    private const double Share = 0.01;
    private const int MostWarnings = 100;

    // Of those that seem stuck; the others have their turn at the next look.
    private const int MostDoubtful = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(10);

    private readonly OwnSockets _own;
    private readonly Listeners _listeners;
    private readonly TimeProvider _time;
    private readonly Func<Endpoint> _board;
    private readonly Pace _pace;
    private readonly MachineSockets _machine;
    private readonly SocketHolders _holders;
    private readonly WarningRules _rules = new();
    private readonly EndedLog _ended = new();
    private readonly ConcurrentQueue<Action<MachineSockets>> _acts = [];
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private IViewer[] _viewers = [];
    private Task _watching = Task.CompletedTask;
    private TaskCompletionSource _woken = NewWoken();

    /// <param name="board">The board's own endpoint.</param>
    /// <param name="nameOf">What a listener at an endpoint is called.</param>
    /// <param name="time">Measures, and waits.</param>
    /// <param name="own">What is told of this process.</param>
    public BoardWatch(OwnSockets own, Func<Endpoint> board, Func<Endpoint, string?> nameOf, TimeProvider time)
    {
        _own = own;
        _board = board;
        _time = time;
        Started = time.GetUtcNow();
        _listeners = new Listeners(own, board, nameOf);
        _pace = new Pace(Interval, LongestInterval, Share, time);
        _machine = new MachineSockets(own, time);
        _holders = new SocketHolders(time);
    }

    /// <summary>Since when its numbers mean what they mean.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>Whether anything is looked at.</summary>
    public bool IsWatching
    {
        get
        {
            lock (_lock)
            {
                return !_watching.IsCompleted;
            }
        }
    }

    private bool WantsUnix => _viewers.Any(static viewer => viewer.WantsUnix);

    /// <summary>Shows a viewer what is found, until what is returned is disposed.</summary>
    public IDisposable Join(IViewer viewer)
    {
        lock (_lock)
        {
            _viewers = [.. _viewers, viewer];
            if (_watching.IsCompleted && !_stopping.IsCancellationRequested)
            {
                _watching = Task.Run(WatchAsync);
            }
        }

        Wake();
        return new Place(this, viewer);
    }

    /// <summary>Does something with the sockets soon, where nobody else looks at them.</summary>
    public void Post(Action<MachineSockets> act)
    {
        _acts.Enqueue(act);
        Wake();
    }

    /// <summary>A viewer wants to be shown something else.</summary>
    public void Wake() => Volatile.Read(ref _woken).TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        Task watching;
        lock (_lock)
        {
            watching = _watching;
        }

        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _machine.Dispose();
        _stopping.Dispose();
    }

    private static TaskCompletionSource NewWoken() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WatchAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            lock (_lock)
            {
                if (_viewers.Length == 0)
                {
                    _watching = Task.CompletedTask;
                    return;
                }
            }

            var began = _time.GetTimestamp();
            Look? look = null;
            _pace.Run(() =>
            {
                look = LookAround();
                ShowTo(_viewers, look);
            });
            await AnswerUntilAsync(began, look!).ConfigureAwait(false);
        }
    }

    /// <summary>Does what is asked for meanwhile, until it is time to look again.</summary>
    private async Task AnswerUntilAsync(long began, Look look)
    {
        while (_pace.Interval - _time.GetElapsedTime(began) is { Ticks: > 0 } left)
        {
            Volatile.Write(ref _woken, NewWoken());
            DoActs();
            if (WantsUnix && !look.HasUnix)
            {
                return;
            }

            ShowTo(_viewers.Where(static viewer => viewer.WantsAnother), look);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            var waiting = Task.Delay(left, _time, over.Token);
            await Task.WhenAny(waiting, Volatile.Read(ref _woken).Task).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            if (_stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private void DoActs()
    {
        while (_acts.TryDequeue(out var act))
        {
            act(_machine);
        }
    }

    private static void ShowTo(IEnumerable<IViewer> viewers, Look look)
    {
        foreach (var viewer in viewers)
        {
            viewer.Show(look);
        }
    }

    private Look LookAround()
    {
        var (withUnix, began) = (WantsUnix, _time.GetUtcNow());
        _machine.LookAtOwn();
        _machine.LookAtAll(withUnix);
        LookCloselyAtWhatIsSeen();
        LookCloselyAtWhatIsDoubtful(began);
        _holders.Name(_machine.All);
        UnixPeers.Find(_machine.All, _own);
        // This process's last: a page shows the last ones.
        foreach (var ended in _machine.Ended.OrderBy(static ended => ended.IsOfThisProcess))
        {
            _ended.Add(ended);
        }

        _machine.Ended.Clear();
        var now = _time.GetUtcNow();
        var listeners = _listeners.Find(_machine.All);
        var warnings = FindWarnings(listeners, now);
        return new Look(
            now, _machine.All, listeners, warnings, Totals.Of(_machine.All, socket => !IsOfBoard(socket)), _ended)
        {
            Interval = _pace.Interval,
            Problem = _machine.Problem,
            HasUnix = withUnix,
            ListenerOf = socket => _listeners.NumberOf(socket.Own?.Listener),
            LimitsOf = socket => _own.ServerOf(socket.Own?.Listener)?.Limits,
            IsOfBoard = IsOfBoard,
        };
    }

    private bool IsOfBoard(WatchedSocket socket) => socket.Own?.Listener?.Local == _board();

    private void LookCloselyAtWhatIsSeen()
    {
        foreach (var socket in _viewers.SelectMany(static viewer => viewer.Seen).Distinct())
        {
            _machine.LookClosely(socket);
        }
    }

    /// <summary>Those first that nobody has looked at for longest: each has its turn.</summary>
    private void LookCloselyAtWhatIsDoubtful(DateTimeOffset began)
    {
        var doubtful = _machine.All.FindAll(
            socket => WarningRules.IsDoubtful(socket, began) && !(socket.LookedCloselyAt >= began));
        foreach (var socket in doubtful.OrderBy(static socket => socket.LookedCloselyAt).Take(MostDoubtful))
        {
            _machine.LookClosely(socket);
        }
    }

    private List<BoardWarning> FindWarnings(List<WatchedListener> listeners, DateTimeOffset now)
    {
        var found = new List<BoardWarning>();
        for (var place = 0; place < listeners.Count; place++)
        {
            if (_rules.Judge(listeners[place], now) is { } warning)
            {
                listeners[place] = listeners[place] with { Warning = warning };
                found.Add(warning);
            }
        }

        var ofSockets = new WarningList(MostWarnings);
        foreach (var socket in _machine.All)
        {
            var warning = WarningRules.Judge(socket, now);
            socket.Warning = warning?.Kind;
            if (warning is not null)
            {
                ofSockets.Add(warning, socket.IsOfThisProcess);
            }
        }

        found.AddRange(ofSockets.All);
        return found;
    }

    private void Leave(IViewer viewer)
    {
        lock (_lock)
        {
            _viewers = [.. _viewers.Where(one => one != viewer)];
        }
    }

    private sealed class Place(BoardWatch watch, IViewer viewer) : IDisposable
    {
        public void Dispose() => watch.Leave(viewer);
    }
}
