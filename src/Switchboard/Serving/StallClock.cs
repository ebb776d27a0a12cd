using Switchboard.Connections;

namespace Switchboard.Serving;

/// <summary>
/// Tells how long a peer has kept one connection waiting, from looks at its progress. Nothing is measured on the
/// connection's own path: a look every now and then costs it nothing.
/// </summary>
/// <param name="connection">Whose peer is watched. Only one thread at a time may look.</param>
internal sealed class StallClock(Connection connection)
{
    private Progress _before;
    private TimeSpan _silent;
    private TimeSpan _full;
    private TimeSpan _inFrame;

    public Connection Connection => connection;

    /// <summary>Where <see cref="OpenConnections"/> keeps it.</summary>
    public int Place { get; set; }

    /// <summary>Looks at the connection, and tells which limit its peer has passed, if any.</summary>
    /// <param name="passed">Time since the last look.</param>
    /// <param name="limits">What the peer is granted.</param>
    public ConnectionTimeoutException? Look(TimeSpan passed, ServerLimits limits)
    {
        var now = connection.GetProgress();
        var waits = now.AwaitsPeer && _before.AwaitsPeer;
        var silent = waits && now.BytesReceived == _before.BytesReceived;
        var full = now.AwaitsRoom && _before.AwaitsRoom && now.BytesSent == _before.BytesSent;
        var sameFrame = now.PartialFrameBytes > 0 && _before.PartialFrameBytes > 0
            && now.WholeFrames == _before.WholeFrames;
        _silent = silent ? _silent + passed : TimeSpan.Zero;
        _full = full ? _full + passed : TimeSpan.Zero;

        // Time that the handler spends elsewhere is not the peer's, but does not excuse what it took before.
        _inFrame = sameFrame ? _inFrame + (waits ? passed : TimeSpan.Zero) : TimeSpan.Zero;
        _before = now;
        return Judge(now, limits);
    }

    private ConnectionTimeoutException? Judge(Progress now, ServerLimits limits)
    {
        if (HasPassed(_inFrame, limits.FrameTimeout))
        {
            return Exceeded(
                TimeoutPhase.Frame, limits.FrameTimeout, $"a frame stayed unfinished for {Seconds(_inFrame)}");
        }

        if (HasPassed(_inFrame, limits.RateGrace)
            && now.PartialFrameBytes < limits.MinFrameBytesPerSecond * _inFrame.TotalSeconds)
        {
            return Exceeded(
                TimeoutPhase.Rate, limits.RateGrace,
                $"a frame arrived at less than {limits.MinFrameBytesPerSecond} bytes per second");
        }

        if (HasPassed(_silent, limits.IdleTimeout))
        {
            return Exceeded(TimeoutPhase.Idle, limits.IdleTimeout, $"the peer sent nothing for {Seconds(_silent)}");
        }

        return HasPassed(_full, limits.SendTimeout)
            ? Exceeded(TimeoutPhase.Send, limits.SendTimeout, $"the peer took nothing for {Seconds(_full)}")
            : null;
    }

    private static bool HasPassed(TimeSpan time, TimeSpan limit) =>
        limit != Timeout.InfiniteTimeSpan && time > TimeSpan.Zero && time >= limit;

    private ConnectionTimeoutException Exceeded(TimeoutPhase phase, TimeSpan limit, string problem) =>
        new(phase, limit, connection.Local, connection.Remote, problem);

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.#} s";
}
