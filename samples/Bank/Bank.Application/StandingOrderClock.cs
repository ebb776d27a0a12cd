using Bank.Database;
using Bank.Protocol;

namespace Bank.Application;

/// <summary>
/// Looks every minute which standing orders are due. Any number of servers may do so over one database.
/// </summary>
internal sealed class StandingOrderClock(BankDatabase database, StandingOrderDesk orders, BankServerOptions options)
    : IAsyncDisposable
{
    private const int MaxAtOnce = 100;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = RunAsync();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Period, options.TimeProvider);
        try
        {
            do
            {
                await TryCarryOutAsync();
            }
            while (await timer.WaitForNextTickAsync(_stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // The bank closes. What is due stays due.
        }
    }

    private async Task TryCarryOutAsync()
    {
        try
        {
            await CarryOutDueAsync();
        }
        catch (BankException failure)
        {
            // The database is away, or busy: in a minute they are still due.
            options.Failed?.Invoke(failure);
        }
    }

    private async Task CarryOutDueAsync()
    {
        IReadOnlyList<string> due;
        do
        {
            due = await database.ReadAsync(desk => orders.Due(desk, MaxAtOnce));
            foreach (var id in due.TakeWhile(_ => !_stopping.IsCancellationRequested))
            {
                await database.WriteAsync(desk => orders.CarryOut(desk, id));
            }
        }
        while (due.Count > 0 && !_stopping.IsCancellationRequested);
    }
}
