using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Engines;

/// <summary>
/// A listener of a group, and the accept that waits there. An accept that one caller gave up waiting for is the next
/// caller's.
/// </summary>
[SuppressMessage("Reliability", "CA2012", Justification = "Each is consumed once, when it is taken.")]
internal sealed class GroupMember
{
    private readonly WireListener _listener;
    private readonly Action _noteArrival;
    private readonly Action _end;
    private ValueTask<Wire> _accepting;
    private bool _isAccepting;
    private volatile bool _hasEnded;
    private volatile bool _isDropped;
    private int _isTaken;

    /// <param name="listener">Owned from now on.</param>
    /// <param name="noteArrival">Called, by any thread, when an accept that had to wait has ended.</param>
    public GroupMember(WireListener listener, Action noteArrival)
    {
        _listener = listener;
        _noteArrival = noteArrival;
        _end = End;
    }

    /// <summary>Whether an accept has ended, well or not. Starts one if none waits.</summary>
    public bool HasArrived()
    {
        if (!_isAccepting)
        {
            Start();
        }

        // Not whether it is completed: until it has called us back its result may not be asked for.
        return _hasEnded;
    }

    /// <summary>Gives what has arrived; throws what the accept threw.</summary>
    public Wire Take()
    {
        _isAccepting = false;
        return _accepting.GetAwaiter().GetResult();
    }

    public void Close() => _listener.Close();

    /// <summary>Resets whoever has arrived and was not taken, or arrives yet.</summary>
    public void Drop()
    {
        _isDropped = true;
        Interlocked.MemoryBarrier();
        if (_isAccepting && _hasEnded)
        {
            TakeToDrop();
        }
    }

    private void Start()
    {
        try
        {
            _accepting = _listener.AcceptAsync(CancellationToken.None);
        }
#pragma warning disable CA1031 // It is thrown to whoever takes it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _accepting = ValueTask.FromException<Wire>(error);
        }

        _isAccepting = true;
        _hasEnded = _accepting.IsCompleted;
        if (!_hasEnded)
        {
            _accepting.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_end);
        }
    }

    private void End()
    {
        _hasEnded = true;
        Interlocked.MemoryBarrier();
        _noteArrival();
        if (_isDropped && _isAccepting && _hasEnded)
        {
            TakeToDrop();
        }
    }

    private void TakeToDrop()
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
        {
            return;
        }

        try
        {
            Take().Abort();
        }
#pragma warning disable CA1031 // Nobody came, which is as good.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
