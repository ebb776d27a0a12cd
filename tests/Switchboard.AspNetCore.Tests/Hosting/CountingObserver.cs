namespace Switchboard.AspNetCore.Tests.Hosting;

/// <summary>Counts what it is told.</summary>
internal sealed class CountingObserver : ServerObserver
{
    private int _opened;
    private int _ended;
    private int _failed;

    public int Opened => Volatile.Read(ref _opened);

    public int Ended => Volatile.Read(ref _ended);

    public int Failed => Volatile.Read(ref _failed);

    public override void ConnectionOpened(Connection connection) => Interlocked.Increment(ref _opened);

    public override void ConnectionEnded(Connection connection, ConnectionEnd end) =>
        Interlocked.Increment(ref _ended);

    public override void HandlerFailed(Connection connection, Exception error) => Interlocked.Increment(ref _failed);
}
