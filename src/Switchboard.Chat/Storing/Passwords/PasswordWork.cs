namespace Switchboard.Chat.Storing.Passwords;

/// <summary>A computation on the thread pool that somebody waits for.</summary>
internal sealed class PasswordWork<T>(Func<T> compute) : IThreadPoolWorkItem
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Result => _result.Task;

    public void Execute()
    {
        try
        {
            _result.SetResult(compute());
        }
#pragma warning disable CA1031 // It is thrown where the result is awaited.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _result.SetException(error);
        }
    }
}
