namespace Switchboard.Files.Sending;

/// <summary>Keeps to a rate: what was sent too early is waited for before the next piece.</summary>
/// <param name="bytesPerSecond">At least 1.</param>
/// <param name="time">Tells when a piece is due.</param>
internal sealed class Pace(long bytesPerSecond, TimeProvider time)
{
    private const int PiecesPerSecond = 10;
    private const int MaxPieceBytes = 256 * 1024;

    private static readonly TimeSpan MadeUpFor = TimeSpan.FromSeconds(0.5);

    private long _begunAt = time.GetTimestamp();
    private long _sent;

    /// <summary>The most that is sent at once, so that a slow transfer does not come in gulps.</summary>
    public int PieceBytes(int most) =>
        (int)Math.Clamp(bytesPerSecond / PiecesPerSecond, 1, Math.Min(most, MaxPieceBytes));

    /// <summary>Waits until so many bytes may follow.</summary>
    public async ValueTask WaitAsync(int count, CancellationToken cancellationToken)
    {
        var elapsed = time.GetElapsedTime(_begunAt);
        var due = TimeSpan.FromSeconds((double)_sent / bytesPerSecond);
        if (due > elapsed)
        {
            await Task.Delay(due - elapsed, time, cancellationToken).ConfigureAwait(false);
        }
        else if (elapsed - due > MadeUpFor)
        {
            // Time that the peer took is not made up for in a burst; what a timer is late by is.
            (_begunAt, _sent) = (time.GetTimestamp(), 0);
        }

        _sent += count;
    }
}
