using Switchboard.Connections;

namespace Switchboard.Engines;

/// <summary>Several listeners that look like one: a name's addresses, or both loopbacks.</summary>
internal sealed class WireListenerGroup(Endpoint local, IReadOnlyList<WireListener> listeners) : WireListener
{
    // An accept that one caller gave up waiting for is the next caller's.
    private readonly Task<Wire>?[] _accepting = new Task<Wire>?[listeners.Count];
    private readonly Turn _turn = new();
    private Task? _anyAccepted;
    private int _last;

    public override Endpoint Local => local;

    public override async ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(!_turn.TryTake(), this);
        try
        {
            return await AcceptFirstAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Close()
    {
        foreach (var listener in listeners)
        {
            listener.Close();
        }

        _ = DropTheRestAsync();
    }

    private async ValueTask<Wire> AcceptFirstAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < listeners.Count; i++)
        {
            _accepting[i] ??= listeners[i].AcceptAsync(CancellationToken.None).AsTask();
        }

        // Kept as well: a new one for each caller who gives up would hang on to the accepts for ever.
        _anyAccepted ??= Task.WhenAny(_accepting!);
        await _anyAccepted.WaitAsync(cancellationToken).ConfigureAwait(false);
        _anyAccepted = null;
        var index = NextCompleted();
        var accepted = _accepting[index]!;
        _accepting[index] = null;
        return await accepted.ConfigureAwait(false);
    }

    /// <summary>Resets whom nobody will accept; not before an accept that runs has taken what is its own.</summary>
    private async Task DropTheRestAsync()
    {
        await _turn.CloseAsync().ConfigureAwait(false);
        foreach (var accepting in _accepting)
        {
            accepting?.ContinueWith(
                static accepted => Drop(accepted),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }

    private static void Drop(Task<Wire> accepted)
    {
        if (accepted.IsCompletedSuccessfully)
        {
            accepted.Result.Abort();
        }
        else
        {
            // Looked at, so that nobody reports it as forgotten.
            _ = accepted.Exception;
        }
    }

    // Starting behind the last one keeps a busy address from starving the others.
    private int NextCompleted()
    {
        do
        {
            _last = (_last + 1) % listeners.Count;
        }
        while (_accepting[_last] is not { IsCompleted: true });

        return _last;
    }
}
