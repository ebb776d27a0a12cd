using System.Collections.Concurrent;

namespace Switchboard.Tests.Serving;

/// <summary>Keeps what was told of this process, in which other tests run as well.</summary>
internal sealed class RecordingProcess : ProcessObserver
{
    private readonly ConcurrentQueue<(object About, string What)> _told = [];

    /// <summary>What was told of a connection, a listener or a server, in order.</summary>
    public IEnumerable<string> Of(object about) =>
        _told.Where(told => ReferenceEquals(told.About, about)).Select(told => told.What);

    /// <summary>The connections that a listener at an endpoint has accepted.</summary>
    public IEnumerable<Connection> AcceptedAt(Endpoint local) => _told
        .Where(told => told.What == "accepted").Select(told => (Connection)told.About)
        .Where(connection => connection.Local == local);

    public override void ConnectionOpened(Connection connection) => _told.Enqueue((connection, "opened"));

    public override void ConnectionAccepted(Listener listener, Connection connection) =>
        _told.Enqueue((connection, "accepted"));

    public override void ConnectionEnded(Connection connection, ConnectionEnd end) =>
        _told.Enqueue((connection, $"ended {end.Reason}"));

    public override void ListenerOpened(Listener listener) => _told.Enqueue((listener, "opened"));

    public override void ListenerClosed(Listener listener) => _told.Enqueue((listener, "closed"));

    public override void ServerStarted(Server server, Listener listener) => _told.Enqueue((server, "started"));
}
