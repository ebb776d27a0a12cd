using Switchboard.Transports;

namespace Switchboard;

/// <summary>
/// The ways to a datagram socket: <c>DatagramSocket.BindAsync</c> and <c>DatagramSocket.ConnectAsync</c>.
/// </summary>
public static class DatagramSocketExtensions
{
    extension(DatagramSocket)
    {
        /// <summary>Hears everybody at an endpoint, and can send to anybody from there.</summary>
        /// <param name="local">
        /// Where, for example <c>"udp://localhost:7342"</c>; port 0 takes a free one, and
        /// <see cref="DatagramSocket.Local"/> shows which. Only this machine can reach <c>localhost</c>, by IPv4 and by
        /// IPv6; <c>0.0.0.0</c> and <c>[::]</c> are open to all. A multicast group's address joins the group.
        /// </param>
        /// <param name="options">Limits and choices; null for the defaults.</param>
        /// <param name="cancellationToken">Gives up.</param>
        /// <returns>The socket; the caller owns it.</returns>
        /// <exception cref="BindException">The address cannot be had; the exception says why.</exception>
        /// <exception cref="ArgumentException">It is no UDP endpoint, or there is no such interface.</exception>
        /// <exception cref="EndpointFormatException">The string is not an endpoint.</exception>
        public static async Task<DatagramSocket> BindAsync(
            Endpoint local, DatagramOptions? options = null, CancellationToken cancellationToken = default) =>
            await new DatagramOpening(options ?? DatagramOptions.Default)
                .BindAsync(DefaultTransports.Expect<UdpEndpoint>(local), cancellationToken).ConfigureAwait(false);

        /// <summary>
        /// Talks with one peer: only what comes from there is heard. Nothing is sent, so that nobody need be there yet.
        /// </summary>
        /// <param name="remote">
        /// The peer, for example <c>"udp://localhost:7342"</c>. Of a name's addresses the first with a route is taken;
        /// for <c>localhost</c> that is 127.0.0.1, where most programs listen.
        /// </param>
        /// <param name="options">Limits and choices; null for the defaults.</param>
        /// <param name="cancellationToken">Gives up.</param>
        /// <returns>The socket; the caller owns it.</returns>
        /// <exception cref="HostNotFoundException">The name has no address.</exception>
        /// <exception cref="HostUnreachableException">No route leads there.</exception>
        /// <exception cref="ConnectionTimeoutException">The name was not found in time.</exception>
        /// <exception cref="InvalidOperationException">
        /// It is a broadcast address, and the options do not allow that.
        /// </exception>
        /// <exception cref="ArgumentException">It is no UDP endpoint, or has port 0.</exception>
        /// <exception cref="EndpointFormatException">The string is not an endpoint.</exception>
        public static async Task<DatagramSocket> ConnectAsync(
            Endpoint remote, DatagramOptions? options = null, CancellationToken cancellationToken = default) =>
            await new DatagramOpening(options ?? DatagramOptions.Default)
                .ConnectAsync(DefaultTransports.Expect<UdpEndpoint>(remote), cancellationToken).ConfigureAwait(false);
    }
}
