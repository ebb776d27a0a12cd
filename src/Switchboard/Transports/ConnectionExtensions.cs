using System.Diagnostics;
using Switchboard.Observing;
using Switchboard.Transports;

namespace Switchboard;

/// <summary>
/// The ways to a connection: <c>Connection.ConnectAsync</c> and <c>Connection.CreatePair</c>. They stand here so that a
/// connection knows nothing of transports.
/// </summary>
public static class ConnectionExtensions
{
    extension(Connection)
    {
        /// <summary>Connects to an endpoint.</summary>
        /// <param name="endpoint">Where to, for example <c>"tcp://localhost:7342"</c>.</param>
        /// <param name="options">Limits and choices; null for the defaults.</param>
        /// <param name="cancellationToken">Gives up.</param>
        /// <returns>The connection; the caller owns it.</returns>
        /// <exception cref="ConnectionRefusedException">Nothing listens there.</exception>
        /// <exception cref="HostNotFoundException">The name has no address.</exception>
        /// <exception cref="HostUnreachableException">No route leads there.</exception>
        /// <exception cref="ConnectionTimeoutException">It took longer than the options allow.</exception>
        /// <exception cref="ConnectionException">
        /// Anything else that kept the connection from being made; every address that was tried is in
        /// <see cref="ConnectionException.Attempts"/>.
        /// </exception>
        /// <exception cref="EndpointFormatException">The string is not an endpoint.</exception>
        public static async Task<Connection> ConnectAsync(
            Endpoint endpoint,
            ConnectOptions? options = null,
            CancellationToken cancellationToken = default)
        {
            options ??= ConnectOptions.Default;
            var transport = DefaultTransports.ToConnect(endpoint, options);
            var time = options.Connection.TimeProvider;
            var started = time.GetTimestamp();
            using var activity = Meters.Activities.StartActivity("switchboard.connect");
            activity?.SetTag("server.address", endpoint.ToString());
            try
            {
                var wire = await transport.ConnectAsync(endpoint, options, cancellationToken).ConfigureAwait(false);
                Meters.Connected(endpoint.Scheme, time.GetElapsedTime(started), error: null);
                return new Connection(wire, options.Connection);
            }
            catch (OperationCanceledException error) when (
                cancellationToken.IsCancellationRequested && error.CancellationToken != cancellationToken)
            {
                // The transport waited with a token of its own; the caller looks for the one it passed.
                throw new OperationCanceledException(error.Message, error, cancellationToken);
            }
            catch (Exception error)
            {
                activity?.SetStatus(ActivityStatusCode.Error, error.GetType().Name);
                Meters.Connected(endpoint.Scheme, time.GetElapsedTime(started), error);
                throw;
            }
        }

        /// <summary>Makes two connections in memory that are each other's peer.</summary>
        /// <param name="options">How both behave; null for the defaults.</param>
        /// <returns>Both ends; the caller owns them.</returns>
        public static (Connection First, Connection Second) CreatePair(ConnectionOptions? options = null)
        {
            var (first, second) = MemoryWire.CreatePair("pair", "pair");
            return (new Connection(first, options), new Connection(second, options));
        }
    }
}
