namespace Switchboard;

/// <summary>
/// The names under which this library reports to <see cref="System.Diagnostics.Metrics.Meter"/> and
/// <see cref="System.Diagnostics.ActivitySource"/> listeners, OpenTelemetry's among them.
/// </summary>
public static class Telemetry
{
    /// <summary>
    /// Instruments: <c>switchboard.connection.open</c> and <c>switchboard.connection.duration</c> (by
    /// <c>network.transport</c> and <c>switchboard.end.reason</c>), <c>switchboard.network.io</c> (bytes by
    /// <c>network.io.direction</c>), <c>switchboard.connect.duration</c> (by <c>error.type</c>),
    /// <c>switchboard.datagram.sockets</c>, <c>switchboard.datagram.io</c> (datagrams by
    /// <c>network.io.direction</c>), <c>switchboard.datagram.truncated</c>, <c>switchboard.datagram.dropped</c> (by
    /// <c>switchboard.drop.reason</c>), <c>switchboard.server.refused</c>, <c>switchboard.engine.stalls</c>,
    /// <c>switchboard.engine.handoffs</c>, <c>switchboard.engine.lane_runs</c> and <c>switchboard.engine.threads</c>.
    /// </summary>
    public const string MeterName = "Switchboard";

    /// <summary>
    /// Activities: <c>switchboard.connect</c> for a client, <c>switchboard.handle</c> for a handler's run.
    /// </summary>
    public const string ActivitySourceName = "Switchboard";
}
