using Switchboard.Connections;

namespace Switchboard.Engines;

/// <summary>Several listeners that look like one: a name's addresses, both loopbacks, or those of every loop.</summary>
internal sealed class WireListenerGroup : WireListener
{
    private readonly GroupMember[] _members;
    private readonly Turn _turn = new();
    private TaskCompletionSource? _arrival;
    private int _last;

    /// <param name="local">What the group is called.</param>
    /// <param name="listeners">Owned from now on.</param>
    public WireListenerGroup(Endpoint local, IEnumerable<WireListener> listeners)
    {
        Local = local;
        _members = [.. listeners.Select(listener => new GroupMember(listener, NoteArrival))];
    }

    public override Endpoint Local { get; }

    public override async ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(!_turn.TryTake(), this);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (FindArrived() is { } member)
                {
                    return member.Take();
                }

                await WaitForArrivalAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Close()
    {
        foreach (var member in _members)
        {
            member.Close();
        }

        _ = DropTheRestAsync();
    }

    // Starting behind the last one keeps a busy address from starving the others.
    private GroupMember? FindArrived()
    {
        for (var tried = 0; tried < _members.Length; tried++)
        {
            _last = (_last + 1) % _members.Length;
            if (_members[_last].HasArrived())
            {
                return _members[_last];
            }
        }

        return null;
    }

    private async ValueTask WaitForArrivalAsync(CancellationToken cancellationToken)
    {
        // What arrives goes on where it arrived: on a loop, if there is one.
        var arrival = new TaskCompletionSource();
        Interlocked.Exchange(ref _arrival, arrival);
        if (Array.Exists(_members, static member => member.HasArrived()))
        {
            // Between the look and the line above.
            return;
        }

        var registration = cancellationToken.UnsafeRegister(
            static (waits, token) => ((TaskCompletionSource)waits!).TrySetCanceled(token), arrival);
        await using (registration.ConfigureAwait(false))
        {
            await arrival.Task.ConfigureAwait(false);
        }
    }

    private void NoteArrival() => Interlocked.Exchange(ref _arrival, null)?.TrySetResult();

    /// <summary>Resets whom nobody will accept; not before an accept that runs has taken what is its own.</summary>
    private async Task DropTheRestAsync()
    {
        await _turn.CloseAsync().ConfigureAwait(false);
        foreach (var member in _members)
        {
            member.Drop();
        }
    }
}
