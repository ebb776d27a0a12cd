using System.Runtime.CompilerServices;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines.Epoll;

public class OperationTests
{
    private readonly HandDrivenLoop _loop = new();

    [Fact]
    public void Whatever_comes_between_in_whatever_order_an_operation_ends_once_and_strands_nothing()
    {
        var steps =
            from moment in Enum.GetValues<OperationMoment>()
            from what in Enum.GetValues<OperationEvent>()
            select (moment, what);
        var all = steps.ToArray();

        CheckEach([]);
        foreach (var first in all)
        {
            CheckEach([first]);
            foreach (var second in all)
            {
                foreach (var third in all)
                {
                    CheckEach([first, second, third]);
                }
            }
        }
    }

    [Fact]
    public async Task Invariant_5_an_event_that_comes_twice_costs_one_call_that_finds_nothing()
    {
        var operation = NewOperation(out var calls);
        var asking = operation.AskAsync();
        var before = calls();

        operation.Deliver(isCertain: false);
        operation.Deliver(isCertain: false);

        Assert.Equal(before + 2, calls());
        Assert.False(asking.IsCompleted);
        operation.Available++;
        operation.Deliver(isCertain: false);
        Assert.Equal(1, await asking.Soon());
    }

    [Fact]
    public async Task Invariant_6_only_one_of_many_who_deliver_completes_the_operation()
    {
        var operation = NewOperation(out _);
        for (var round = 0; round < 2000; round++)
        {
            var asking = operation.AskAsync();
            if (!asking.IsCompleted)
            {
                operation.Available = 1;
                await Task.WhenAll(
                    Task.Run(() => operation.Deliver(isCertain: false)),
                    Task.Run(() => operation.Deliver(isCertain: false)));
            }

            Assert.Equal(1, await asking);
        }
    }

    [Fact]
    public async Task Invariant_7_what_happens_during_a_call_that_finds_nothing_is_remembered()
    {
        var operation = NewOperation(out _);
        operation.Calling = () =>
        {
            operation.Calling = static () => { };
            operation.Available = 1;
            operation.Deliver(isCertain: false);
        };

        Assert.Equal(1, await operation.AskAsync());
    }

    [Fact]
    public async Task Nobody_asks_again_before_an_event_when_the_last_call_found_nothing()
    {
        var operation = NewOperation(out var calls);
        using var cancel = new CancellationTokenSource();
        var first = operation.AskAsync(cancel.Token);
        Assert.Equal(1, calls());
        await cancel.CancelAsync();
        _loop.Run();
        await Assert.ThrowsAsync<OperationCanceledException>(() => first.Soon());

        var second = operation.AskAsync();
        Assert.Equal(2, calls());
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public void A_token_that_is_cancelled_between_two_operations_ends_the_next_at_once()
    {
        var operation = NewOperation(out _);
        using var cancel = new CancellationTokenSource();
        var first = operation.AskAsync(cancel.Token);
        operation.Available = 1;
        operation.Deliver(isCertain: false);
        Assert.True(first.IsCompletedSuccessfully);

        cancel.Cancel();

        Assert.Throws<OperationCanceledException>(() => { _ = operation.AskAsync(cancel.Token); });
    }

    [Fact]
    public void A_token_of_an_operation_that_is_over_does_not_end_the_one_of_another()
    {
        var operation = NewOperation(out _);
        using var old = new CancellationTokenSource();
        var first = operation.AskAsync(old.Token);
        operation.Available = 1;
        operation.Deliver(isCertain: false);
        Assert.True(first.IsCompletedSuccessfully);
        var second = operation.AskAsync();

        old.Cancel();
        _loop.Run();

        Assert.False(second.IsCompleted);
    }

    [Fact]
    public void A_closed_operation_leaves_nothing_with_a_token_that_lives_on()
    {
        using var lives = new CancellationTokenSource();
        var reference = AskAndClose(lives.Token);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(reference.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference AskAndClose(CancellationToken lives)
    {
        var operation = NewOperation(out _);
        var asking = operation.AskAsync(lives);
        Assert.True(operation.Close());
        _loop.Run();
        Assert.IsType<ObjectDisposedException>(asking.Exception?.InnerException);
        return new WeakReference(operation);
    }

    private void CheckEach((OperationMoment Moment, OperationEvent Event)[] plan)
    {
        using var run = new OperationRun(_loop, plan);
        try
        {
            run.Check();
        }
        catch (Exception error)
        {
            Assert.Fail($"{string.Join(", ", plan)}: {error.Message}");
        }
    }

    private FakeOperation NewOperation(out Func<int> calls)
    {
        var count = 0;
        var operation = new FakeOperation(new FakePolled(_loop.Loop));
        operation.Calling = () => count++;
        calls = () => count;
        return operation;
    }
}
