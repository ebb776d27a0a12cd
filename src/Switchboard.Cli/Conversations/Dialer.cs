namespace Switchboard.Cli.Conversations;

/// <summary>Connects, and tries again if it was asked to.</summary>
/// <param name="options">For each try.</param>
/// <param name="retries">How often it is tried again.</param>
/// <param name="time">Times the waits.</param>
internal sealed class Dialer(ConnectOptions options, int retries, TimeProvider time)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(8);

    /// <param name="endpoint">Where to.</param>
    /// <param name="tell">Told before each wait.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="ConnectionException">The last try failed as well.</exception>
    public async Task<Connection> ConnectAsync(
        Endpoint endpoint, Action<RetryingEvent> tell, CancellationToken stop)
    {
        var delay = FirstDelay;
        for (var left = retries; ; left--)
        {
            try
            {
                return await Connection.ConnectAsync(endpoint, options, stop);
            }
            catch (ConnectionException error) when (left > 0 && error is not TlsException)
            {
                // Who does not prove who it is will not do so a moment later.
                tell(new RetryingEvent($"{endpoint}: {error.Problem}.", delay, left));
            }

            await Task.Delay(delay, time, stop);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }
}
