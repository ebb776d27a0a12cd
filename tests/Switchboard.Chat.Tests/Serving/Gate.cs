namespace Switchboard.Chat.Tests.Serving;

/// <summary>Lets pass whoever comes, but while it is closed.</summary>
internal sealed class Gate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _closed;
    private int _came;

    /// <summary>How many have come, those included that it let pass.</summary>
    public int Came => Volatile.Read(ref _came);

    public void Close()
    {
        lock (_lock)
        {
            _closed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Open()
    {
        lock (_lock)
        {
            _closed?.SetResult();
            _closed = null;
        }
    }

    public Task PassAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            Interlocked.Increment(ref _came);
            return _closed?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
        }
    }
}
