using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Handler = Switchboard.ConnectionHandler;

namespace Switchboard.AspNetCore.Handlers;

/// <summary>A handler on one of Kestrel's connections, from its start to its end.</summary>
internal static class HandlerRun
{
    public static async Task RunAsync(ConnectionContext below, Handler handler, ConnectionOptions? options)
    {
        var stopping = below.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested
            ?? CancellationToken.None;
        var connection = new Connection(new PipeWire(below), options);
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                await handler(connection, stopping).ConfigureAwait(false);
            }
            catch (Exception error) when (IsOfThisConnection(error, connection, stopping))
            {
                // The connection says how it ended.
            }
            catch
            {
                // The peer must not take what was sent so far for a whole answer. Kestrel logs the exception.
                connection.Abort();
                throw;
            }
        }
    }

    /// <summary>Whether an exception only says what the peer did, or that the handler was told to stop.</summary>
    private static bool IsOfThisConnection(Exception error, Connection connection, CancellationToken stopping) =>
        error switch
        {
            OperationCanceledException => stopping.IsCancellationRequested,
            ConnectionException broken => broken.Remote == connection.Remote,
            FramingException or TruncatedReceiveException => true,
            _ => false,
        };
}
