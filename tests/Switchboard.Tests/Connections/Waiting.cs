using System.Runtime.CompilerServices;

namespace Switchboard.Tests.Connections;

/// <summary>
/// Waiting for something that must happen soon, with an end: a hang is a failure and not a stuck run.
/// </summary>
internal static class Waiting
{
    // Long, because nothing waits for it that goes well: a machine may be slow, and have much else to do.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static Task Soon(this Task task) => task.WaitAsync(Patience);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Patience);

    public static Task Soon(this ValueTask task) => task.AsTask().WaitAsync(Patience);

    public static Task<T> Soon<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Patience);

    /// <summary>Waits for a condition that nothing announces.</summary>
    public static async Task UntilAsync(
        Func<bool> holds,
        [CallerArgumentExpression(nameof(holds))] string? condition = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
        {
            Assert.False(patience.IsCancellationRequested, $"Still not: {condition}");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }
}
