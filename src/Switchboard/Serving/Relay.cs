using Switchboard.Serving;

namespace Switchboard;

/// <summary>Joins connections: what one end sends comes out at the other, and so does the way it ends.</summary>
public static class Relay
{
    /// <summary>A handler that connects each connection of a server with an endpoint, and joins the two.</summary>
    /// <param name="target">Where to connect to, once for each connection.</param>
    /// <param name="options">How; null for the defaults.</param>
    public static ConnectionHandler To(Endpoint target, RelayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        options ??= RelayOptions.Default;
        return async (connection, stopping) =>
        {
            var onward = await Connection.ConnectAsync(target, options.Connect, stopping).ConfigureAwait(false);
            await using (onward.ConfigureAwait(false))
            {
                await JoinAsync(connection, onward, options).ConfigureAwait(false);
            }
        };
    }

    /// <summary>
    /// Passes on whatever either connection receives to the other, at the speed at which that takes it; the end of
    /// sending as such, each direction by itself; and a reset, or any other failure, as a reset.
    /// </summary>
    /// <param name="first">The caller's, who closes it afterwards; nobody else may use it meanwhile.</param>
    /// <param name="second">The same.</param>
    /// <param name="options">When to give up; null for the defaults.</param>
    /// <returns>Completes when both directions have ended in order.</returns>
    /// <exception cref="ConnectionException">One of them broke, or nothing passed; both have been reset.</exception>
    /// <exception cref="ObjectDisposedException">One of them was closed meanwhile; both have been reset.</exception>
    public static async Task JoinAsync(Connection first, Connection second, RelayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        using var watch = new RelayWatch(first, second, (options ?? RelayOptions.Default).IdleTimeout);
        var there = RelayDirection.RunAsync(first, second);
        var back = RelayDirection.RunAsync(second, first);
        await Task.WhenAll(there, back).ConfigureAwait(false);
    }
}
