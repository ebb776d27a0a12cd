using System.Data.Common;

namespace Switchboard.Chat.Storing.Sql;

/// <summary>
/// A thread with a connection of its own, which carries out a queue's orders. Databases in the process block their
/// caller, and those across the network do so whenever a driver takes the short way: never a loop of connections.
/// </summary>
internal sealed class SqlThread
{
    private const int MaxMessagesTogether = 1000;

    private readonly SqlQueue _queue;
    private readonly SqlDialect _dialect;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SqlThread(SqlQueue queue, SqlDialect dialect) => (_queue, _dialect) = (queue, dialect);

    /// <summary>Completes when the queue is closed and its last order is done.</summary>
    public Task Ended => _ended.Task;

    public static SqlThread Start(string name, SqlQueue queue, SqlDialect dialect)
    {
        var thread = new SqlThread(queue, dialect);
        new Thread(thread.Work) { IsBackground = true, Name = name }.Start();

        return thread;
    }

    private void Work()
    {
        using (var desk = new SqlDesk(_dialect))
        {
            while (_queue.Take(out var order))
            {
                CarryOut(desk, order);
            }
        }

        _ended.SetResult();
    }

    private void CarryOut(SqlDesk desk, SqlOrder order)
    {
        if (order is not AppendOrder append)
        {
            RunAlone(desk, order);
            return;
        }

        var together = Gather(append);
        if (together.Count == 1)
        {
            RunAlone(desk, together[0]);
        }
        else
        {
            RunTogether(desk, together);
        }
    }

    // While one transaction is flushed others arrive, and the next takes them all.
    private List<AppendOrder> Gather(AppendOrder first)
    {
        List<AppendOrder> together = [first];
        var count = first.Messages.Count;
        while (_queue.TryTake(Fits, out var next))
        {
            var more = (AppendOrder)next;
            together.Add(more);
            count += more.Messages.Count;
        }

        return together;

        bool Fits(SqlOrder next) => next is AppendOrder more && count + more.Messages.Count <= MaxMessagesTogether;
    }

    private static void RunTogether(SqlDesk desk, List<AppendOrder> orders)
    {
        var waitedFor = orders.Where(order => !order.IsGivenUp).ToList();
        var all = new AppendOrder([.. waitedFor.SelectMany(order => order.Messages)], CancellationToken.None);
        var failure = FailureOf(desk, all);
        if (failure is ChatStoreException { InnerException: DbException inner } && desk.Dialect.IsTaken(inner))
        {
            // One of them has an id that is taken, and the others shall not suffer for it.
            orders.ForEach(order => RunAlone(desk, order));
            return;
        }

        orders.Except(waitedFor).ToList().ForEach(GiveUp);
        foreach (var order in waitedFor)
        {
            Tell(order, failure);
        }
    }

    private static void RunAlone(SqlDesk desk, SqlOrder order)
    {
        if (order.IsGivenUp)
        {
            GiveUp(order);
        }
        else
        {
            Tell(order, FailureOf(desk, order));
        }
    }

    private static void GiveUp(SqlOrder order) => order.Fail(new OperationCanceledException());

    private static void Tell(SqlOrder order, Exception? failure)
    {
        if (failure is null)
        {
            order.Complete();
        }
        else
        {
            order.Fail(failure);
        }
    }

    // A connection that has been quiet may be to a database that was started anew since: another try is one too few.
    private static Exception? FailureOf(SqlDesk desk, SqlOrder order)
    {
        var wasConnected = desk.IsConnected;
        var failure = FailureOfOneTry(desk, order);

        return wasConnected
            && failure is ChatStoreException { MayBeKept: false, InnerException: DbException inner }
            && desk.Dialect.IsLost(inner)
            ? FailureOfOneTry(desk, order)
            : failure;
    }

    private static Exception? FailureOfOneTry(SqlDesk desk, SqlOrder order)
    {
        try
        {
            order.Run(desk);

            return null;
        }
        catch (CommitLostException lost)
        {
            Disconnect(desk);

            return new ChatStoreException(
                $"{desk.Dialect.Explain(order.Doing, lost.Cause).Message} Whether it did so is not known.", lost.Cause)
            {
                MayBeKept = true,
            };
        }
        catch (DbException error)
        {
            Disconnect(desk);

            return desk.Dialect.Explain(order.Doing, error);
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to who waits for the order; the thread is there for all.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Disconnect(desk);

            return error;
        }
    }

    private static void Disconnect(SqlDesk desk)
    {
        try
        {
            desk.Disconnect();
        }
        catch (DbException)
        {
            // It is broken, which is why it goes.
        }
    }
}
