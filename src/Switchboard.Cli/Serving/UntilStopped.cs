using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Serving;

/// <summary>Waits until there is a reason to stop.</summary>
internal static class UntilStopped
{
    /// <summary>Completes when a signal comes, or nobody can be told anything any more.</summary>
    public static async Task WaitAsync(Surroundings surroundings, EventLog log)
    {
        using var any = CancellationTokenSource.CreateLinkedTokenSource(
            surroundings.Interrupts.Stop, log.OutputBroken);
        await Task.Delay(Timeout.InfiniteTimeSpan, any.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
