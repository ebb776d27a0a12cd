using System.Collections.Concurrent;
using System.Data.Common;
using Bank.Protocol;

namespace Bank.Database;

/// <summary>
/// A thread with a desk of its own: databases in the process block their caller, and drivers do so when they can.
/// </summary>
#pragma warning disable CA1001 // Its loop, which uses the desk alone, lets go of it at its end.
internal sealed class WorkThread
#pragma warning restore CA1001
{
    // More gain little, and all of them wait until the last is done.
    private const int MaxTogether = 64;
    private const int MaxTries = 3;

    private readonly BlockingCollection<Work> _queue;
    private readonly Desk _desk;
    private readonly Dialect _dialect;
    private readonly bool _writes;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkThread(BlockingCollection<Work> queue, Dialect dialect, bool writes, Action<string>? trace)
    {
        _queue = queue;
        _dialect = dialect;
        _writes = writes;
        _desk = new Desk(dialect, trace);
    }

    public Task Ended => _ended.Task;

    public static WorkThread StartReader(BlockingCollection<Work> queue, Dialect dialect, Action<string>? trace) =>
        Start("bank reader", new WorkThread(queue, dialect, writes: false, trace));

    public static WorkThread StartWriter(BlockingCollection<Work> queue, Dialect dialect, Action<string>? trace) =>
        Start("bank writer", new WorkThread(queue, dialect, writes: true, trace));

    private static WorkThread Start(string name, WorkThread thread)
    {
        new Thread(thread.Loop) { IsBackground = true, Name = name }.Start();

        return thread;
    }

    private void Loop()
    {
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            Carry(first);
        }

        Disconnect();
        _ended.SetResult();
    }

    // While one transaction is flushed to the disk others arrive, and the next takes them all: one flush for many.
    private void Carry(Work first)
    {
        List<Work> together = [first];
        var alone = first.Accounts is null ? first : null;
        while (alone is null && together.Count < MaxTogether && _queue.TryTake(out var next))
        {
            alone = next.Accounts is null ? next : null;
            together.Add(next);
        }

        if (alone is not null)
        {
            together.Remove(alone);
        }

        if (together.Count > 1 && !TryTogether(together))
        {
            // One of them broke it for all, and nothing is done: each shall only harm itself.
            together.ForEach(RunAlone);
        }
        else if (together.Count == 1)
        {
            RunAlone(together[0]);
        }

        if (alone is not null)
        {
            RunAlone(alone);
        }
    }

    private bool TryTogether(List<Work> works)
    {
        try
        {
            var refusals = _desk.Writing(() =>
            {
                _desk.LockAccounts(works.SelectMany(work => work.Accounts!));

                return works.ConvertAll(work => work.Run(_desk));
            });
            foreach (var (work, refusal) in works.Zip(refusals))
            {
                work.Finish(refusal);
            }

            return true;
        }
        catch (CommitLostException lost)
        {
            Disconnect();
            works.ForEach(work => work.Finish(Unknown(lost)));

            return true;
        }
        catch (Exception error)
        {
            DisconnectAfter(error);

            return false;
        }
    }

    private void RunAlone(Work work)
    {
        Exception? failure = null;
        for (var tries = 1; ; tries++)
        {
            failure = TryAlone(work);
            if (tries == MaxTries || failure is not DbException error || !MayPass(error))
            {
                break;
            }
        }

        work.Finish(failure switch
        {
            CommitLostException => Unknown(failure),
            DbException => new BankException(BankError.Unavailable, $"The database failed: {failure.Message}", failure),
            _ => failure,
        });
    }

    // A connection that has been quiet may be to a database that was started anew since.
    private bool MayPass(DbException error) => _dialect.IsPassing(error) || _dialect.IsLost(error);

    private Exception? TryAlone(Work work)
    {
        try
        {
            return _writes ? _desk.Writing(() => work.Run(_desk)) : _desk.Reading(() => work.Run(_desk));
        }
        catch (Exception error)
        {
            DisconnectAfter(error);

            return error;
        }
    }

    // Rules that refuse leave the connection as it was.
    private void DisconnectAfter(Exception error)
    {
        if (error is not BankException)
        {
            Disconnect();
        }
    }

    private void Disconnect()
    {
        try
        {
            _desk.Dispose();
        }
        catch (DbException)
        {
            // It is broken, which is why it goes.
        }
    }

    private static BankException Unknown(Exception lost) => new(
        BankError.OutcomeUnknown, "The database was lost at the commit. Ask again with the same key.", lost);
}
