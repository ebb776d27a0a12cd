namespace Switchboard.Chat.Clients;

/// <summary>Keeps lines apart: so many at once, and then one each interval.</summary>
internal sealed class Pacer(int atOnce, TimeSpan interval, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _next = TimeSpan.MinValue;

    /// <summary>Waits for the turn of one line.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetElapsedTime(_start);
            var credit = now - ((atOnce - 1) * interval);
            var turn = _next > credit ? _next : credit;
            _next = turn + interval;
            wait = turn - now;
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
    }
}
