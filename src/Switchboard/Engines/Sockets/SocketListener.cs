using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Switchboard.Connections;

namespace Switchboard.Engines.Sockets;

/// <summary>A listening <see cref="Socket"/>.</summary>
/// <param name="socket">Bound and listening; owned from now on.</param>
/// <param name="isShared">Whether other processes listen at the same socket.</param>
[SuppressMessage("Design", "CA1001", Justification = "Close releases everything.")]
internal sealed class SocketListener(Socket socket, bool isShared = false) : WireListener
{
    private readonly Turn _accepting = new();
    private readonly CancellationTokenSource _closed = new();
    private int _isClosed;

    public override Endpoint Local { get; } = SocketAddresses.ToEndpoint(socket.LocalEndPoint);

    internal override bool IsShared => isShared;

    public override async ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(!_accepting.TryTake(), this);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
            return Configure(await socket.AcceptAsync(either.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            throw WasClosed();
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.OperationAborted)
        {
            throw WasClosed();
        }
        catch (SocketException error)
        {
            throw SocketErrors.TranslateAccept(error, Local);
        }
        finally
        {
            _accepting.Release();
        }
    }

    public override void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            var left = _accepting.CloseAsync();
            _closed.Cancel();
            _ = isShared ? DisposeAfterAsync(left) : DisposeBefore(left);
        }
    }

    // Nobody listens there any more when the close returns.
    private Task DisposeBefore(Task left)
    {
        socket.Dispose();
        return left;
    }

    // The framework shuts a socket down that is closed during an accept. With that it would listen for nobody any more,
    // not even for another process that has it.
    private async Task DisposeAfterAsync(Task left)
    {
        await left.ConfigureAwait(false);
        socket.Dispose();
    }

    private ObjectDisposedException WasClosed() =>
        new(nameof(SocketListener), $"The listener at {Local} was closed.");

    private SocketWire Configure(Socket accepted)
    {
        try
        {
            return new SocketWire(accepted);
        }
        catch (SocketException error)
        {
            accepted.Dispose();

            // Whatever is wrong with the accepted socket, the listening one is fine.
            throw new AcceptException(Local, AcceptFailure.PeerGone, error.Message, error);
        }
    }
}
