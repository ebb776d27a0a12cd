using Switchboard.Connections;

namespace Switchboard.Tests.Connections;

public class GateTests
{
    private const int Threads = 4;
    private const int Entries = 500;

    [Fact]
    public async Task Many_threads_enter_one_after_the_other_and_none_waits_for_ever()
    {
        var gate = new Gate();
        var entered = 0;
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
            Enter, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

        await Task.WhenAll(threads).Soon();

        Assert.Equal(Threads * Entries, entered);

        void Enter()
        {
            start.SignalAndWait();
            for (var entry = 0; entry < Entries; entry++)
            {
                using (gate.EnterScope())
                {
                    // Two who are in together lose one of their counts.
                    var before = entered;
                    Thread.Yield();
                    entered = before + 1;
                }
            }
        }
    }

    [Fact]
    public void Who_was_thrown_out_has_left()
    {
        var gate = new Gate();
        Assert.Throws<InvalidOperationException>(() => ThrowInside(gate));

        using (gate.EnterScope())
        {
            Assert.NotNull(gate);
        }
    }

    private static void ThrowInside(Gate gate)
    {
        using (gate.EnterScope())
        {
            throw new InvalidOperationException();
        }
    }
}
