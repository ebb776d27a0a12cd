namespace Switchboard.Cli.Tests.Load;

/// <summary>Lets nobody go on before everybody has arrived.</summary>
internal sealed class Gathering(int expected)
{
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _arrived;

    public Task ArriveAsync()
    {
        if (Interlocked.Increment(ref _arrived) == expected)
        {
            _complete.SetResult();
        }

        return _complete.Task;
    }
}
