namespace Switchboard.Connections;

/// <summary>
/// Lets one thread at a time in, for no longer than a frame takes to be copied. Leaving is a plain write, so that it
/// costs half as much as a lock; for that, whoever finds it taken has to ask again, and lets other threads run
/// meanwhile. Who is in must not enter a second time.
/// </summary>
internal sealed class Gate
{
    private int _isTaken;

    public Scope EnterScope()
    {
        if (!TryEnter())
        {
            Wait();
        }

        return new Scope(this);
    }

    private bool TryEnter() => Interlocked.CompareExchange(ref _isTaken, 1, 0) == 0;

    private void Wait()
    {
        var spin = default(SpinWait);
        do
        {
            spin.SpinOnce();
        }
        while (Volatile.Read(ref _isTaken) != 0 || !TryEnter());
    }

    /// <summary>Leaves when it is disposed, once.</summary>
    public readonly ref struct Scope(Gate gate) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref gate._isTaken, 0);
    }
}
