namespace Switchboard.Tests.Engines.Epoll;

/// <summary>
/// One operation on one thread, from its start to the close of its direction, with things that come between at chosen
/// moments. Says what must hold whatever comes between.
/// </summary>
internal sealed class OperationRun : IDisposable
{
    private readonly HandDrivenLoop _loop;
    private readonly (OperationMoment Moment, OperationEvent Event)[] _plan;
    private readonly CancellationTokenSource _cancel = new();
    private readonly FakeOperation _operation;
    private int _calls;
    private int _parks;
    private int _stops;
    private int _arrivals;
    private int _releases;
    private bool _isClosed;
    private bool _isDelivering;
    private bool _isPlanDone;
    private bool _wentOnElsewhere;
    private int _ends;
    private object? _end;

    public OperationRun(HandDrivenLoop loop, params (OperationMoment Moment, OperationEvent Event)[] plan)
    {
        _loop = loop;
        _plan = plan;
        var faults = new ScriptedFaults { Parking = _ => Parking() };
        _operation = new FakeOperation(new FakePolled(loop.Loop, faults: faults)) { Calling = Calling };
        _operation.AwaitEvent();
        _operation.Deliver(isCertain: false);
    }

    private bool HasEnded => _ends > 0;

    /// <summary>Runs it, and checks everything.</summary>
    public void Check()
    {
        Pass(OperationMoment.BeforeStart);
        Ask(_cancel.Token);
        Pass(OperationMoment.AfterStart);
        Settle();
        Pass(OperationMoment.AfterRun);
        Settle();
        _isPlanDone = true;

        CheckEnd();
        CheckNext();
        CheckClose();
    }

    public void Dispose() => _cancel.Dispose();

    private void CheckEnd()
    {
        if (_isClosed || _stops > 0 || _cancel.IsCancellationRequested)
        {
            Assert.True(HasEnded, "It goes on waiting.");
        }

        if (!HasEnded)
        {
            Assert.Equal(0, _operation.Available);
            return;
        }

        Assert.True(
            _end switch
            {
                1 => _arrivals > 0,
                ObjectDisposedException => _isClosed,
                OperationCanceledException => _stops > 0 || _cancel.IsCancellationRequested,
                _ => false,
            },
            $"It ended with {_end}.");
    }

    /// <summary>Unless it was closed: whoever waits, or asks next, gets what is there, or what comes.</summary>
    private void CheckNext()
    {
        if (_isClosed)
        {
            return;
        }

        while (HasEnded)
        {
            Ask(CancellationToken.None);
            Settle();
            if (_end is OperationCanceledException)
            {
                Assert.True(--_stops >= 0, "It was stopped more often than anybody said.");
                continue;
            }

            break;
        }

        if (_operation.Available > 0)
        {
            Assert.True(HasEnded, "What is there is not seen.");
        }

        if (!HasEnded)
        {
            Come(OperationEvent.Arrival);
            Settle();
        }

        Assert.Equal(1, _end);
    }

    private void CheckClose()
    {
        Come(OperationEvent.Close);
        Settle();

        Assert.False(_wentOnElsewhere, "Invariant 13: the caller's code ran inside the call of whoever ended it.");
        Assert.True(_ends <= 1, "It ended twice.");
        Assert.Equal(1, _releases + _operation.Left);
    }

    private void Ask(CancellationToken cancellationToken)
    {
        _ends = 0;
        _end = null;
        try
        {
            var asking = _operation.AskAsync(cancellationToken);
            if (asking.IsCompleted)
            {
                End(asking);
                return;
            }

            asking.ContinueWith(
                asked =>
                {
                    _wentOnElsewhere |= !_loop.IsRunning && !_isDelivering;
                    End(asked);
                },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            _ends++;
            _end = error;
        }
    }

    private void End(Task<int> asked)
    {
        _ends++;
        _end = asked.IsCompletedSuccessfully ? asked.Result
            : asked.IsCanceled ? new OperationCanceledException()
            : asked.Exception!.InnerException;
    }

    // A job may post another.
    private void Settle()
    {
        for (var i = 0; i < 4; i++)
        {
            _loop.Run();
        }
    }

    private void Calling()
    {
        switch (++_calls)
        {
            case 1:
                Pass(OperationMoment.InFirstCall);
                break;
            case 2:
                Pass(OperationMoment.InSecondCall);
                break;
        }
    }

    private void Parking()
    {
        switch (++_parks)
        {
            case 1:
                Pass(OperationMoment.BeforeFirstPark);
                break;
            case 2:
                Pass(OperationMoment.BeforeSecondPark);
                break;
        }
    }

    private void Pass(OperationMoment moment)
    {
        foreach (var step in _plan)
        {
            if (step.Moment == moment && !_isPlanDone)
            {
                Come(step.Event);
            }
        }
    }

    private void Come(OperationEvent what)
    {
        switch (what)
        {
            case OperationEvent.Arrival:
                _arrivals++;
                _operation.Available++;
                Deliver();
                break;
            case OperationEvent.Nothing:
                Deliver();
                break;
            case OperationEvent.Stop:
                _stops++;
                _operation.Stop();
                break;
            case OperationEvent.Cancel:
                _cancel.Cancel();
                break;
            case OperationEvent.Close when !_isClosed:
                _isClosed = true;
                Close();
                break;
        }
    }

    private void Deliver()
    {
        var outer = _isDelivering;
        _isDelivering = true;
        _operation.Deliver(isCertain: false);
        _isDelivering = outer;
    }

    private void Close()
    {
        if (_operation.Close())
        {
            Assert.False(_operation.IsCalling, "Invariant 9: the descriptor was let go of within a call.");
            _releases++;
        }
    }
}
