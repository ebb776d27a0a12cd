using System.Threading.Tasks.Sources;

namespace Switchboard.Engines.Epoll;

/// <summary>
/// How one wait at a time ends, and whoever waits for it goes on: inside the call that ends it.
/// </summary>
internal sealed class Completion : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    private volatile bool _isAskedFor = true;

    /// <summary>Whether the last wait's caller has its result: another wait may begin here.</summary>
    public bool IsFree => _isAskedFor;

    /// <summary>The wait that begins. The result of the one before cannot be asked for any more.</summary>
    public ValueTask<int> Begin()
    {
        _isAskedFor = false;
        _core.Reset();
        return new ValueTask<int>(this, _core.Version);
    }

    public void Succeed(int result) => _core.SetResult(result);

    public void Fail(Exception error) => _core.SetException(error);

    public int GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _isAskedFor = true;
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);
}
