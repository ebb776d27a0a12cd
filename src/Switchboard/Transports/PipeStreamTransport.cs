using System.Diagnostics.CodeAnalysis;
using System.IO.Pipes;

namespace Switchboard.Transports;

/// <summary>
/// Named pipes by the framework's own streams, where they are not unix sockets or nothing else knows the peer's user.
/// They cannot half-close.
/// </summary>
[SuppressMessage("Reliability", "CA2000", Justification = "The wire owns the stream.")]
internal sealed class PipeStreamTransport : ITransport
{
    public static PipeStreamTransport Instance { get; } = new();

    public async ValueTask<Wire> ConnectAsync(
        Endpoint endpoint,
        ConnectOptions options,
        CancellationToken cancellationToken)
    {
        var target = DefaultTransports.Expect<PipeEndpoint>(endpoint);
        var stream = new NamedPipeClientStream(
            ".", target.Name, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        try
        {
            await ConnectAsync(stream, target, options, cancellationToken).ConfigureAwait(false);
            return new PipeStreamWire(target, stream);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask<WireListener> BindAsync(
        Endpoint endpoint,
        ListenOptions options,
        CancellationToken cancellationToken) =>
        new(new PipeStreamListener(DefaultTransports.Expect<PipeEndpoint>(endpoint)));

    // The framework waits for a listener to come, as well as for one that is busy; it does not tell which.
    private static async ValueTask ConnectAsync(
        NamedPipeClientStream stream,
        PipeEndpoint target,
        ConnectOptions options,
        CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(options.Timeout, options.Connection.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await stream.ConnectAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionRefusedException(
                "connect", null, target,
                $"refused: nobody accepted at this name within {options.Timeout.TotalSeconds:0.###} s", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new ConnectionException(
                "connect", null, target, "another user listens at this name; nothing was sent. Choose another name",
                error);
        }
        catch (IOException error)
        {
            throw new ConnectionException("connect", null, target, error.Message, error);
        }
    }
}
