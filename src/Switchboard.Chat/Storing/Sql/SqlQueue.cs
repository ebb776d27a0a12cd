using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Chat.Storing.Sql;

/// <summary>Orders that wait for a thread, first come, first served. Bounded: who comes to a full one waits.</summary>
internal sealed class SqlQueue(int maxWaiting) : IDisposable
{
    private readonly SemaphoreSlim _room = new(maxWaiting, maxWaiting);
    private readonly Queue<SqlOrder> _orders = new();
    private bool _isClosed;

    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public async ValueTask AddAsync(SqlOrder order, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_orders)
        {
            if (_isClosed)
            {
                _room.Release();
                throw new ObjectDisposedException(nameof(IChatStore));
            }

            _orders.Enqueue(order);
            Monitor.Pulse(_orders);
        }
    }

    /// <summary>Waits for an order.</summary>
    /// <returns>False when the queue is closed and empty.</returns>
    public bool Take([NotNullWhen(true)] out SqlOrder? order)
    {
        lock (_orders)
        {
            while (_orders.Count == 0 && !_isClosed)
            {
                Monitor.Wait(_orders);
            }

            return TryTake(static _ => true, out order);
        }
    }

    /// <summary>Takes the order that is next, if it is one that is wanted.</summary>
    public bool TryTake(Func<SqlOrder, bool> isWanted, [NotNullWhen(true)] out SqlOrder? order)
    {
        lock (_orders)
        {
            if (!_orders.TryPeek(out order) || !isWanted(order))
            {
                order = null;
                return false;
            }

            _orders.Dequeue();
            _room.Release();

            return true;
        }
    }

    /// <summary>Takes no more orders; those that wait are still carried out.</summary>
    public void Close()
    {
        lock (_orders)
        {
            _isClosed = true;
            Monitor.PulseAll(_orders);
        }
    }

    public void Dispose() => _room.Dispose();
}
