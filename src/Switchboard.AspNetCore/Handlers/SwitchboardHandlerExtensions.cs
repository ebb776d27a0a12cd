using Microsoft.AspNetCore.Connections;
using Switchboard.AspNetCore.Handlers;
using Handler = Switchboard.ConnectionHandler;

namespace Switchboard.AspNetCore;

/// <summary>Runs Switchboard's handlers at Kestrel's endpoints.</summary>
public static class SwitchboardHandlerExtensions
{
    /// <summary>
    /// Runs a handler for each connection of an endpoint, instead of HTTP: on any of Kestrel's transports, and behind
    /// what was put in front of it, such as <c>UseHttps</c>. The handler is told to stop when Kestrel begins to.
    /// </summary>
    /// <param name="endpoint">What Kestrel's <c>Listen</c> methods configure.</param>
    /// <param name="handler">
    /// The same as for a <see cref="Server"/>. An exception that no peer caused resets its connection, and Kestrel logs
    /// it. Kestrel's limit on connections applies, and none of <see cref="ServerLimits"/>.
    /// </param>
    /// <param name="options">How connections behave; null for the defaults.</param>
    public static IConnectionBuilder UseSwitchboardHandler(
        this IConnectionBuilder endpoint,
        Handler handler,
        ConnectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return endpoint.Use(_ => below => HandlerRun.RunAsync(below, handler, options));
    }
}
