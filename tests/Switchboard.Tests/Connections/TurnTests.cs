using Switchboard.Connections;

namespace Switchboard.Tests.Connections;

public class TurnTests
{
    [Fact]
    public void In_every_order_of_two_users_and_a_closer_whoever_was_let_in_is_alone()
    {
        foreach (var order in Orders("A", "A", "B", "B", "C", "C"))
        {
            Run(order);
        }
    }

    [Fact]
    public void Closing_a_free_turn_completes_at_once()
    {
        Assert.True(new Turn().CloseAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public void A_closed_turn_stays_closed_when_its_last_user_leaves()
    {
        var turn = new Turn();
        turn.TryTake();
        var left = turn.CloseAsync();
        turn.Release();

        Assert.True(left.IsCompletedSuccessfully);
        Assert.True(turn.IsClosed);
        Assert.False(turn.TryTake());
    }

    [Fact]
    public async Task Many_threads_are_never_inside_together_and_never_after_the_close()
    {
        for (var round = 0; round < 200; round++)
        {
            await StormAsync(new Turn());
        }
    }

    private static async Task StormAsync(Turn turn)
    {
        var inside = 0;
        var mostInside = 0;
        var closed = false;
        var enteredAfterTheClose = false;
        using var start = new Barrier(4);
        var users = Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(
            Use, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        start.SignalAndWait();
        await turn.CloseAsync().Soon();
        Volatile.Write(ref closed, true);
        var insideAfterTheClose = Volatile.Read(ref inside);
        await Task.WhenAll(users).Soon();

        Assert.Equal(0, insideAfterTheClose);
        Assert.True(mostInside <= 1);
        Assert.False(enteredAfterTheClose);

        void Use()
        {
            start.SignalAndWait();
            while (!turn.IsClosed)
            {
                if (!turn.TryTake())
                {
                    continue;
                }

                enteredAfterTheClose |= Volatile.Read(ref closed);
                mostInside = Math.Max(mostInside, Interlocked.Increment(ref inside));
                Interlocked.Decrement(ref inside);
                turn.Release();
            }
        }
    }

    /// <summary>A and B each take and release; C closes, and then closes again.</summary>
    private static void Run(string[] order)
    {
        var turn = new Turn();
        string? inside = null;
        Task? left = null;
        var tried = new HashSet<string>();
        foreach (var who in order)
        {
            if (who == "C")
            {
                left = turn.CloseAsync();
            }
            else if (tried.Add(who))
            {
                var taken = turn.TryTake();
                Assert.Equal(inside is null && left is null, taken);
                inside = taken ? who : inside;
            }
            else if (inside == who)
            {
                turn.Release();
                inside = null;
            }

            Assert.Equal(inside is not null, turn.IsTaken);
            Assert.Equal(left is not null, turn.IsClosed);
            Assert.Equal(left is null ? null : inside is null, left?.IsCompletedSuccessfully);
        }
    }

    private static IEnumerable<string[]> Orders(params string[] steps)
    {
        if (steps.Length == 0)
        {
            yield return [];
        }

        foreach (var (index, step) in steps.Index().DistinctBy(step => step.Item))
        {
            foreach (var rest in Orders([.. steps[..index], .. steps[(index + 1)..]]))
            {
                yield return [step, .. rest];
            }
        }
    }
}
