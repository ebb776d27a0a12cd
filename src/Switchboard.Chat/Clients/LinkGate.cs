namespace Switchboard.Chat.Clients;

/// <summary>Where whoever sends waits for a connection to send on.</summary>
internal sealed class LinkGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<Link> _link = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The connection of this moment; null while there is none.</summary>
    public Link? Current
    {
        get
        {
            lock (_lock)
            {
                return _link.Task.IsCompletedSuccessfully ? _link.Task.Result : null;
            }
        }
    }

    public Task<Link> WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _link.Task.WaitAsync(cancellationToken);
        }
    }

    public void Open(Link link)
    {
        lock (_lock)
        {
            _link.TrySetResult(link);
        }
    }

    /// <summary>The connection is lost; another one may come.</summary>
    public void Shut()
    {
        lock (_lock)
        {
            if (_link.Task.IsCompletedSuccessfully)
            {
                _link = new TaskCompletionSource<Link>(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>No other one will come.</summary>
    public void Close(Exception error)
    {
        lock (_lock)
        {
            Shut();
            _link.TrySetException(error);
            _ = _link.Task.Exception;
        }
    }
}
