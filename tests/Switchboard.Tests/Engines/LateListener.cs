using System.Threading.Tasks.Sources;

namespace Switchboard.Tests.Engines;

/// <summary>A listener whose first accept has a result for a while before it calls back who waits for it.</summary>
internal sealed class LateListener : WireListener, IValueTaskSource<Wire>
{
    private readonly TaskCompletionSource<Wire> _second = new();
    private Wire? _wire;
    private Action? _callBack;
    private bool _isWaiting;

    public override Endpoint Local { get; } = new MemoryEndpoint("late");

    public int Results { get; private set; }

    public override ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken)
    {
        var isSecond = _isWaiting;
        _isWaiting = true;
        return isSecond ? new(_second.Task) : new(this, token: 0);
    }

    public void Complete(Wire wire) => _wire = wire;

    public void CallBack() => _callBack!();

    public override void Close() => _second.TrySetException(new ObjectDisposedException(nameof(LateListener)));

    public ValueTaskSourceStatus GetStatus(short token) =>
        _wire is null ? ValueTaskSourceStatus.Pending : ValueTaskSourceStatus.Succeeded;

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _callBack = () => continuation(state);

    public Wire GetResult(short token)
    {
        Results++;
        return _wire!;
    }
}
