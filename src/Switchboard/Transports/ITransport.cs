namespace Switchboard;

/// <summary>
/// A way to make connections for one scheme. Pass one in <see cref="ConnectOptions.Transport"/> or
/// <see cref="ListenOptions.Transport"/> to use a network of your own.
/// </summary>
public interface ITransport
{
    /// <summary>Connects, or throws and leaves nothing behind.</summary>
    /// <param name="endpoint">Where to; of a scheme that the transport understands.</param>
    /// <param name="options">Limits and choices.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConnectionException">It did not work, or took longer than the options allow.</exception>
    /// <exception cref="ArgumentException">The endpoint is of another kind, or cannot be connected to.</exception>
    ValueTask<Wire> ConnectAsync(Endpoint endpoint, ConnectOptions options, CancellationToken cancellationToken);

    /// <summary>Listens, or throws and leaves nothing behind. Peers can connect when it returns.</summary>
    /// <param name="endpoint">Where; of a scheme that the transport understands.</param>
    /// <param name="options">Limits and choices.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BindException">The address cannot be had.</exception>
    /// <exception cref="ArgumentException">The endpoint is of another kind.</exception>
    ValueTask<WireListener> BindAsync(Endpoint endpoint, ListenOptions options, CancellationToken cancellationToken);
}
