using Switchboard.Transports;

namespace Switchboard;

/// <summary>The way to a listener: <c>Listener.BindAsync</c>.</summary>
public static class ListenerExtensions
{
    extension(Listener)
    {
        /// <summary>Listens at an endpoint. Peers can connect when this completes.</summary>
        /// <param name="endpoint">
        /// Where, for example <c>"tcp://localhost:7342"</c>; port 0 takes a free one, and <see cref="Listener.Local"/>
        /// shows which. Only this machine can reach <c>localhost</c>; <c>0.0.0.0</c> and <c>[::]</c> are open to all.
        /// </param>
        /// <param name="options">Limits and choices; null for the defaults.</param>
        /// <param name="cancellationToken">Gives up.</param>
        /// <returns>The listener; the caller owns it.</returns>
        /// <exception cref="BindException">The address cannot be had; the exception says why.</exception>
        /// <exception cref="EndpointFormatException">The string is not an endpoint.</exception>
        public static async Task<Listener> BindAsync(
            Endpoint endpoint,
            ListenOptions? options = null,
            CancellationToken cancellationToken = default)
        {
            options ??= ListenOptions.Default;
            return new Listener(
                await BindWiresAsync(endpoint, options, cancellationToken).ConfigureAwait(false), options);
        }
    }

    /// <summary>The same, without a listener in front.</summary>
    internal static ValueTask<WireListener> BindWiresAsync(
        Endpoint endpoint,
        ListenOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Backlog, 1, nameof(options));
        var transport = DefaultTransports.ToListen(endpoint, options);
        return transport.BindAsync(endpoint, options, cancellationToken);
    }
}
