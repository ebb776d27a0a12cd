using System.Threading.Channels;

namespace Switchboard.Tests.Transports;

/// <summary>
/// A listener, and the transport that binds it, to which the test hands whoever comes and whatever fails.
/// </summary>
internal sealed class FakeListener(Endpoint local) : WireListener, ITransport
{
    private readonly Channel<Func<Wire>> _coming = Channel.CreateUnbounded<Func<Wire>>();

    public override Endpoint Local => local;

    public bool IsClosed { get; private set; }

    public int Accepts;

    /// <summary>A peer comes; this is its end.</summary>
    public Connection Come(Endpoint? remote = null, ConnectionOptions? options = null)
    {
        var (client, server) = Switchboard.Transports.MemoryWire.CreatePair("client", "server");
        var wire = new Connections.TestWire(server, remote);
        _coming.Writer.TryWrite(() => wire);
        return new Connection(client, options);
    }

    public void Come(Wire wire) => _coming.Writer.TryWrite(() => wire);

    public void Fail(Exception error) => _coming.Writer.TryWrite(() => throw error);

    public void Fail(AcceptFailure failure) =>
        _coming.Writer.TryWrite(() => throw new AcceptException(local, failure, $"{failure}"));

    public override async ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Accepts);
        try
        {
            return (await _coming.Reader.ReadAsync(cancellationToken))();
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(FakeListener));
        }
    }

    public override void Close()
    {
        IsClosed = true;
        _coming.Writer.TryComplete();
    }

    public ValueTask<Wire> ConnectAsync(
        Endpoint endpoint, ConnectOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<WireListener> BindAsync(
        Endpoint endpoint, ListenOptions options, CancellationToken cancellationToken) => new(this);
}
