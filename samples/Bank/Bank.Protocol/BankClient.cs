using Switchboard;

namespace Bank.Protocol;

/// <summary>
/// Asks the application tier: over one connection, made when it is first needed and again whenever it is lost, with any
/// number of callers at once. What only reads is asked again by itself when a connection is lost under it; everything
/// else is told as <see cref="BankError.OutcomeUnknown"/>, and the caller asks again with the same key.
/// </summary>
public sealed class BankClient(BankClientOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turns = new(options.MaxUnderWay, options.MaxUnderWay);
    private readonly CancellationTokenSource _disposing = new();
    private Task<BankLink>? _link;
    private int _lastEndpoint;
    private Exception? _lastProblem;

    /// <summary>Asks and waits for the answer.</summary>
    /// <exception cref="BankException">
    /// The request was refused; or nobody could be reached in time (<see cref="BankError.Unavailable"/>: nothing was
    /// asked); or the answer did not come (<see cref="BankError.OutcomeUnknown"/>).
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// The caller gave up. What was sent by then may have been done.
    /// </exception>
    public async Task<TReply> AskAsync<TReply>(
        BankRequest<TReply> request, CancellationToken cancellationToken = default)
        where TReply : BankReply
    {
        using var limit = new CancellationTokenSource(options.Timeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var reply = await AskInTurnAsync(request, either.Token, cancellationToken);

        return reply switch
        {
            TReply expected => expected,
            BankReply.Refused refused => throw new BankException(refused.Error, refused.Message)
            {
                RetryAfter = refused.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            },
            _ => throw new BankException(
                BankError.OutcomeUnknown, $"{request} was answered with {reply.GetType().Name}."),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync();
        Task<BankLink>? last;
        lock (_gate)
        {
            last = _link;
        }

        if (last is not null)
        {
            await last.ContinueWith(static _ => { }, TaskScheduler.Default);
            if (last.IsCompletedSuccessfully)
            {
                await (await last).DisposeAsync();
            }
        }

        _turns.Dispose();
        _disposing.Dispose();
    }

    private async Task<BankReply> AskInTurnAsync(
        BankRequest request, CancellationToken limit, CancellationToken caller)
    {
        await InTimeAsync(_turns.WaitAsync(limit), BankError.Busy, caller);
        try
        {
            while (true)
            {
                var connecting = Connect();
                await InTimeAsync(connecting.WaitAsync(limit), BankError.Unavailable, caller);
                try
                {
                    var answer = (await connecting).AskAsync(request, limit);
                    await InTimeAsync(answer, BankError.OutcomeUnknown, caller);

                    return await answer;
                }
                catch (BankException lost) when (
                    lost.Error == BankError.OutcomeUnknown && request.OnlyReads && !limit.IsCancellationRequested)
                {
                    // Its link has ended, and so the next round gets another one.
                }
            }
        }
        finally
        {
            _turns.Release();
        }
    }

    private async Task InTimeAsync(Task work, BankError otherwise, CancellationToken caller)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            ObjectDisposedException.ThrowIf(_disposing.IsCancellationRequested, this);
            var problem = otherwise == BankError.Unavailable ? Volatile.Read(ref _lastProblem) : null;
            var message = $"No answer within {options.Timeout.TotalSeconds:0.#} s. {problem?.Message}".TrimEnd();
            throw new BankException(otherwise, message, problem);
        }
    }

    // All who wait for a connection wait for the same one.
    private Task<BankLink> Connect()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposing.IsCancellationRequested, this);
            if (_link is null || _link.IsFaulted || _link.IsCanceled || HasEnded(_link))
            {
                _link = ConnectAsync(_link, _disposing.Token);
            }

            return _link;
        }
    }

#pragma warning disable CA1849 // It is asked only when it is there.
    private static bool HasEnded(Task<BankLink> link) => link.IsCompletedSuccessfully && link.Result.HasEnded;
#pragma warning restore CA1849

    private async Task<BankLink> ConnectAsync(Task<BankLink>? ended, CancellationToken stopping)
    {
        // The caller holds the gate.
        await Task.Yield();
        if (ended is { IsCompletedSuccessfully: true })
        {
            await (await ended).DisposeAsync();
        }

        for (var pause = FirstPause; ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            for (var tried = 0; tried < options.Endpoints.Count; tried++)
            {
                if (await TryConnectAsync(options.Endpoints[_lastEndpoint], stopping) is { } link)
                {
                    return link;
                }

                _lastEndpoint = (_lastEndpoint + 1) % options.Endpoints.Count;
            }

            await Task.Delay(pause, options.TimeProvider, stopping);
        }
    }

    private async Task<BankLink?> TryConnectAsync(Endpoint endpoint, CancellationToken stopping)
    {
        try
        {
            return await BankLink.ConnectAsync(endpoint, options, stopping);
        }
        catch (Exception problem) when (problem is IOException or BankException or TimeoutException)
        {
            Volatile.Write(ref _lastProblem, problem);

            return null;
        }
    }
}
