namespace Switchboard.Chat.Serving;

/// <summary>
/// Forgets messages that are older than is promised: when the chat starts, so that one that is started again and again
/// forgets as well, and then once an hour.
/// </summary>
internal sealed class OldMessages(ChatOptions options, IChatStore store) : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _forgetting = Task.CompletedTask;

    public void Start()
    {
        if (options.Retention != Timeout.InfiniteTimeSpan)
        {
            _forgetting = ForgetAllAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _forgetting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ForgetAllAsync()
    {
        using var timer = new PeriodicTimer(Between, options.TimeProvider);
        do
        {
            await ForgetAsync().ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false));
    }

    private async Task ForgetAsync()
    {
        try
        {
            await store.ForgetBeforeAsync(options.TimeProvider.GetUtcNow() - options.Retention, _stop.Token)
                .ConfigureAwait(false);
        }
        catch (ChatStoreException error)
        {
            options.Observer?.StoreFailed(error);
        }
    }
}
