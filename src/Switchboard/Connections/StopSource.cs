using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Connections;

/// <summary>
/// Ends a wait for its caller or for somebody else. The two are linked anew only when the caller comes with another
/// token: most come with the same one all their life.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Only the link holds something, and it is let go of.")]
internal sealed class StopSource
{
    private CancellationTokenSource _own = new();
    private CancellationTokenSource? _linked;
    private CancellationToken _linkedTo;

    public bool IsStopped => _own.IsCancellationRequested;

    public CancellationToken TokenWith(CancellationToken callers)
    {
        if (!callers.CanBeCanceled)
        {
            return _own.Token;
        }

        if (_linked is null || _linkedTo != callers)
        {
            _linked?.Dispose();
            _linked = CancellationTokenSource.CreateLinkedTokenSource(callers, _own.Token);
            _linkedTo = callers;
        }

        return _linked.Token;
    }

    public void Stop() => _own.Cancel();

    /// <summary>The stop has done its work; the next wait is not stopped.</summary>
    public void Renew()
    {
        Release();
        _own = new CancellationTokenSource();
    }

    /// <summary>Lets go of the callers' token.</summary>
    public void Release()
    {
        _linked?.Dispose();
        _linked = null;
    }
}
