using System.IO.Pipes;

namespace Switchboard.Transports;

/// <summary>
/// Accepts named pipes, of which each takes one client: the next is made before one is handed out, so that there is
/// always one to connect to.
/// </summary>
internal sealed class PipeStreamListener : WireListener
{
    private readonly PipeEndpoint _local;
    private NamedPipeServerStream? _next;
    private int _isClosed;

    /// <exception cref="BindException">The name cannot be had.</exception>
    public PipeStreamListener(PipeEndpoint local)
    {
        _local = local;
        try
        {
            _next = Create(PipeOptions.FirstPipeInstance);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BindException(local, BindFailure.InUse, "the name is in use: another process has it", error);
        }
    }

    public override Endpoint Local => _local;

    public override async ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken)
    {
        var accepting = GetNext();
        try
        {
            await accepting.WaitForConnectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (IsClosed)
        {
            throw WasClosed();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It was another user's, or has left before it was accepted; the instance is used up.
            await accepting.DisposeAsync().ConfigureAwait(false);
            MakeNext();
            throw new AcceptException(Local, AcceptFailure.PeerGone, error.Message, error);
        }

        MakeNext();
        return new PipeStreamWire(_local, accepting);
    }

    public override void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            Volatile.Read(ref _next)?.Dispose();
        }
    }

    private bool IsClosed => Volatile.Read(ref _isClosed) != 0;

    private NamedPipeServerStream GetNext()
    {
        try
        {
            return IsClosed ? throw WasClosed() : _next ??= Create(PipeOptions.None);
        }
        catch (IOException error)
        {
            throw new AcceptException(Local, AcceptFailure.OutOfResources, error.Message, error);
        }
    }

    private void MakeNext()
    {
        _next = null;
        try
        {
            Interlocked.Exchange(ref _next, Create(PipeOptions.None));
            if (IsClosed)
            {
                _next.Dispose();
            }
        }
        catch (IOException)
        {
            // The next accept tries again, and tells.
        }
    }

    private ObjectDisposedException WasClosed() =>
        new(nameof(PipeStreamListener), $"The listener at {Local} was closed.");

    private NamedPipeServerStream Create(PipeOptions also) => new(
        _local.Name,
        PipeDirection.InOut,
        NamedPipeServerStream.MaxAllowedServerInstances,
        PipeTransmissionMode.Byte,
        PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly | also);
}
