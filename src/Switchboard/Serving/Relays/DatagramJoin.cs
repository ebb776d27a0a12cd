namespace Switchboard.Serving.Relays;

/// <summary>Passes datagrams on between two ends, both ways, until both have finished.</summary>
/// <param name="first">The caller's, like the other.</param>
/// <param name="second">The same.</param>
/// <param name="time">Times the next.</param>
/// <param name="idleTimeout">How long nothing may pass, in neither direction.</param>
/// <param name="drop">Told of each datagram that was not passed on.</param>
internal sealed class DatagramJoin(
    IDatagramEnd first, IDatagramEnd second, TimeProvider time, TimeSpan idleTimeout, Action<RelayDrop> drop)
{
    private long _passed;
    private volatile bool _isIdle;

    /// <returns>Whether both ends have finished; otherwise nothing passed for too long.</returns>
    /// <exception cref="ConnectionException">One of them broke.</exception>
    /// <exception cref="FramingException">A stream's bytes are wrong.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = new RelayWatch(time, idleTimeout, () => Interlocked.Read(ref _passed), () =>
        {
            _isIdle = true;
            over.Cancel();
        });
        await using (watch.ConfigureAwait(false))
        {
            try
            {
                await Task.WhenAll(PassOnAsync(first, second, over), PassOnAsync(second, first, over))
                    .ConfigureAwait(false);
                return true;
            }
            catch (OperationCanceledException) when (_isIdle && !cancellationToken.IsCancellationRequested)
            {
                return false;
            }
        }
    }

    private async Task PassOnAsync(IDatagramEnd source, IDatagramEnd target, CancellationTokenSource over)
    {
        try
        {
            while (await source.ReceiveAsync(over.Token).ConfigureAwait(false) is { } datagram)
            {
                Interlocked.Increment(ref _passed);
                if (await target.SendAsync(datagram, over.Token).ConfigureAwait(false) is { } refusal)
                {
                    drop(new RelayDrop(source.Remote, target.Remote, datagram.Length, refusal.Reason, refusal.Problem));
                }
            }

            await target.FinishAsync(over.Token).ConfigureAwait(false);
        }
        catch
        {
            // The other direction has nothing left to wait for.
            await over.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
