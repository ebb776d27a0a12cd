using System.Runtime.InteropServices;

namespace Switchboard;

public sealed partial class Server
{
    /// <summary>
    /// Serves until the process is told to end, by Ctrl-C or SIGTERM, and then stops as <see cref="StopAsync"/> does by
    /// default. A second signal ends the drain. Completes early, with the exception, if the listener breaks.
    /// </summary>
    public async Task<DrainResult> StopOnSignalAsync()
    {
        using var hurry = new CancellationTokenSource();
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Tell);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Tell);
        await (await Task.WhenAny(told.Task, _accepting).ConfigureAwait(false)).ConfigureAwait(false);
        return await StopAsync(cancellationToken: hurry.Token).ConfigureAwait(false);

        void Tell(PosixSignalContext signal)
        {
            signal.Cancel = true;
            if (!told.TrySetResult())
            {
                hurry.Cancel();
            }
        }
    }
}
