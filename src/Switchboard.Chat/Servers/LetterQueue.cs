using Switchboard.Chat.People;
using Switchboard.Chat.Servers.Letters;

namespace Switchboard.Chat.Servers;

/// <summary>
/// What this server has to tell others, in the order in which it came about. Events are numbered always and queued only
/// while there is a link: who connects tells all anew. Bounded; what does not fit is missed by its number.
/// </summary>
internal sealed class LetterQueue : IDisposable
{
    private const int MaxQueued = 50_000;

    private readonly Lock _lock = new();
    private readonly Queue<QueuedItem> _items = new();
    private readonly SemaphoreSlim _filled = new(0);
    private bool _isOpen;
    private bool _isAwaited;
    private TaskCompletionSource? _emptied;

    // Whether the newest item stands for the outbox: a second one would find nothing.
    private bool _endsWithOutbox;

    /// <summary>The number of the last event.</summary>
    public long LastEvent { get; private set; }

    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _isOpen;
            }
        }
    }

    /// <summary>Waits until all that was queued is published, or there is no link.</summary>
    public Task WaitForEmptyAsync()
    {
        lock (_lock)
        {
            _emptied ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            TellEmpty();
            return _emptied.Task;
        }
    }

    public void Open()
    {
        lock (_lock)
        {
            _isOpen = true;
        }
    }

    /// <summary>Forgets what waits, and takes no more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isOpen = false;
            _endsWithOutbox = false;
            _items.Clear();
            TellEmpty();
        }
    }

    public void Add(WorldEvent happened)
    {
        lock (_lock)
        {
            Add(new QueuedItem(happened, ++LastEvent, null));
        }
    }

    public void Add(Letter letter)
    {
        lock (_lock)
        {
            Add(new QueuedItem(null, 0, letter));
        }
    }

    public void AddOutbox()
    {
        lock (_lock)
        {
            if (!_endsWithOutbox)
            {
                Add(QueuedItem.Outbox);
            }
        }
    }

    /// <summary>Waits for something to publish.</summary>
    public async Task<IReadOnlyList<QueuedItem>> TakeAsync(int max, CancellationToken cancellationToken)
    {
        NoteAwaited();
        while (true)
        {
            await _filled.WaitAsync(cancellationToken).ConfigureAwait(false);
            lock (_lock)
            {
                if (_items.Count > 0)
                {
                    _isAwaited = false;
                    return Take(max);
                }
            }
        }
    }

    public void Dispose() => _filled.Dispose();

    private void NoteAwaited()
    {
        lock (_lock)
        {
            _isAwaited = true;
            TellEmpty();
        }
    }

    private void TellEmpty()
    {
        if (!_isOpen || (_isAwaited && _items.Count == 0))
        {
            _emptied?.TrySetResult();
        }
    }

    private List<QueuedItem> Take(int max)
    {
        var taken = new List<QueuedItem>();
        while (taken.Count < max && _items.TryDequeue(out var item))
        {
            taken.Add(item);
        }

        if (_items.Count > 0)
        {
            _filled.Release();
        }
        else
        {
            _endsWithOutbox = false;
        }

        return taken;
    }

    private void Add(QueuedItem item)
    {
        if (!_isOpen || (_items.Count >= MaxQueued && !item.IsOutbox))
        {
            return;
        }

        _items.Enqueue(item);
        _endsWithOutbox = item.IsOutbox;
        if (_filled.CurrentCount == 0)
        {
            _filled.Release();
        }
    }
}
