using Switchboard.Testing;

namespace Switchboard.Tests.Connections;

/// <summary>
/// Options for connections on a clock that stands still. By default a close waits two seconds for the peer, and a
/// connect five: time that a busy machine may take between two lines of a test.
/// </summary>
internal static class Untimed
{
    // It shows the time of day, for the sake of certificates.
    public static ConnectionOptions Connection =>
        new() { TimeProvider = new ManualClock(TimeProvider.System.GetUtcNow()) };

    public static ConnectOptions Connect => new() { Connection = Connection };

    public static ListenOptions Listen => new() { Connection = Connection };
}
