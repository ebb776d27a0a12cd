using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Switchboard.AspNetCore.Kestrel;

/// <summary>Listens for Kestrel.</summary>
/// <param name="options">How.</param>
/// <param name="log">What Kestrel's own transport would say.</param>
/// <param name="memory">For what Kestrel itself needs.</param>
internal sealed class KestrelListenerFactory(
    SwitchboardTransportOptions options,
    KestrelLog log,
    MemoryPool<byte> memory) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => Addresses.IsKnown(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(
        EndPoint endpoint,
        CancellationToken cancellationToken = default)
    {
        var asked = Addresses.ToEndpoint(endpoint);
        if (asked is TlsEndpoint)
        {
            throw new NotSupportedException(
                $"{asked}: TLS of HTTP is Kestrel's. Listen at the endpoint below, and call UseHttps on it.");
        }

        try
        {
            var listener = await Listener.BindAsync(asked, Watched(asked), cancellationToken).ConfigureAwait(false);
            return new KestrelListener(listener, endpoint, memory, log, options);
        }
        catch (BindException error) when (error.Failure == BindFailure.InUse)
        {
            throw new AddressInUseException(error.Message, error);
        }
        catch (BindException error)
        {
            // Not as it is: of two addresses of localhost Kestrel does without one, unless it is an IOException.
            throw new InvalidOperationException($"Failed to {error.Message}.", error);
        }
    }

    private Switchboard.ListenOptions Watched(Endpoint local) => options.Listen with
    {
        AcceptPaused = (error, pause) =>
        {
            log.AcceptPaused(local, error, pause);
            options.Listen.AcceptPaused?.Invoke(error, pause);
        },
    };
}
