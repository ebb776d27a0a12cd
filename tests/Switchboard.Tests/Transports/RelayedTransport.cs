namespace Switchboard.Tests.Transports;

/// <summary>
/// Whoever connects reaches a relay, and what is accepted are the connections that it makes: both ends talk through it.
/// </summary>
/// <param name="front">Of the endpoints that are connected to.</param>
/// <param name="back">Of the endpoints that the relay connects to.</param>
/// <param name="newTarget">Where the relay may connect to, another one every time.</param>
internal sealed class RelayedTransport(ITransport front, ITransport back, Func<Endpoint> newTarget) : ITransport
{
    public ValueTask<Wire> ConnectAsync(
        Endpoint endpoint, ConnectOptions options, CancellationToken cancellationToken) =>
        front.ConnectAsync(endpoint, options, cancellationToken);

    public async ValueTask<WireListener> BindAsync(
        Endpoint endpoint, ListenOptions options, CancellationToken cancellationToken)
    {
        var target = await back.BindAsync(newTarget(), options, cancellationToken);
        try
        {
            var relaying = new RelayOptions
            {
                Connect = new ConnectOptions
                {
                    Engine = options.Engine, Transport = back, Timeout = Timeout.InfiniteTimeSpan,
                },
                IdleTimeout = Timeout.InfiniteTimeSpan,
            };
            var relay = await Server.StartAsync(
                endpoint,
                Relay.To(target.Local, relaying),
                new ServerOptions
                {
                    Listen = options with { Transport = front },
                    Limits = new ServerLimits { IdleTimeout = Timeout.InfiniteTimeSpan },
                },
                cancellationToken);
            return new RelayedListener(relay, target);
        }
        catch
        {
            target.Close();
            throw;
        }
    }
}
