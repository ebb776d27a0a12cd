using System.Net;
using System.Net.Sockets;
using Switchboard.Connections;
using Switchboard.Engines;

namespace Switchboard.Transports;

/// <summary>TCP over IPv4 and IPv6.</summary>
internal sealed class TcpTransport : ITransport
{
    private const int FreePortTries = 16;

    public static TcpTransport Instance { get; } = new();

    public async ValueTask<Wire> ConnectAsync(
        Endpoint endpoint,
        ConnectOptions options,
        CancellationToken cancellationToken)
    {
        var target = DefaultTransports.Expect<TcpEndpoint>(endpoint);
        if (target.Port == 0)
        {
            throw new ArgumentException(
                $"{endpoint}: port 0 means any free port, and only a listener can take one.", nameof(endpoint));
        }

        using var timer = new CancellationTokenSource(options.Timeout, options.Connection.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var addresses = await ResolveToConnectAsync(target, options, either.Token, cancellationToken)
            .ConfigureAwait(false);
        var race = new HappyEyeballs(target, addresses, options);
        try
        {
            return await race.ConnectAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw race.TimedOut();
        }
    }

    public async ValueTask<WireListener> BindAsync(
        Endpoint endpoint,
        ListenOptions options,
        CancellationToken cancellationToken)
    {
        var asked = DefaultTransports.Expect<TcpEndpoint>(endpoint);
        var addresses = await ResolveToBindAsync(asked, options, cancellationToken).ConfigureAwait(false);
        var engine = options.Engine ?? Engine.Default;
        for (var tries = 1; ; tries++)
        {
            try
            {
                return BindAll(asked, addresses, engine, options.Backlog);
            }
            catch (BindException error) when (
                asked.Port == 0 && error.Failure == BindFailure.InUse && tries < FreePortTries)
            {
                // The port was free for the first address and taken for another: draw again.
            }
        }
    }

    private static async ValueTask<IPAddress[]> ResolveToConnectAsync(
        TcpEndpoint target,
        ConnectOptions options,
        CancellationToken deadline,
        CancellationToken cancellationToken)
    {
        if (target.Address is { } address)
        {
            return [address];
        }

        try
        {
            var resolving = options.Resolve(target.Host, deadline);
            resolving.MayBeGivenUp();
            var addresses = await resolving.WaitAsync(deadline).ConfigureAwait(false);
            return addresses.Length > 0
                ? addresses
                : throw new HostNotFoundException("resolve", null, target, $"the name {target.Host} has no address");
        }
        catch (SocketException error)
        {
            throw new HostNotFoundException(
                "resolve", null, target, $"the name {target.Host} was not found ({error.Message})", error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionTimeoutException(
                TimeoutPhase.Resolve, options.Timeout, null, target,
                $"no address for {target.Host} within {options.Timeout.TotalSeconds:0.###} s");
        }
    }

    private static async ValueTask<IPAddress[]> ResolveToBindAsync(
        TcpEndpoint asked,
        ListenOptions options,
        CancellationToken cancellationToken)
    {
        if (asked.Address is { } address)
        {
            return [address];
        }

        if (asked.IsLoopback)
        {
            // Both: a client may try either, and whoever took the other would get our clients.
            return [IPAddress.Loopback, IPAddress.IPv6Loopback];
        }

        try
        {
            return await options.Resolve(asked.Host, cancellationToken).ConfigureAwait(false) is { Length: > 0 } found
                ? found
                : throw new BindException(asked, BindFailure.NotFound, $"the name {asked.Host} has no address");
        }
        catch (SocketException error)
        {
            throw new BindException(
                asked, BindFailure.NotFound, $"the name {asked.Host} was not found ({error.Message})", error);
        }
    }

    private static WireListener BindAll(TcpEndpoint asked, IPAddress[] addresses, Engine engine, int backlog)
    {
        var bound = new List<WireListener>(addresses.Length);
        var port = asked.Port;
        try
        {
            foreach (var address in addresses)
            {
                if (TryBind(engine, new IPEndPoint(address, port), backlog, mayLack: bound.Count > 0) is { } listener)
                {
                    bound.Add(listener);
                    port = ((TcpEndpoint)listener.Local).Port;
                }
            }
        }
        catch
        {
            bound.ForEach(listener => listener.Close());
            throw;
        }

        return bound is [var only] && asked.Address is not null
            ? only
            : new WireListenerGroup(new TcpEndpoint(asked.Host, port), bound);
    }

    /// <summary>Binds one of a name's addresses; null when it is not this machine's and another was.</summary>
    private static WireListener? TryBind(Engine engine, IPEndPoint address, int backlog, bool mayLack)
    {
        try
        {
            return engine.Bind(address, backlog);
        }
        catch (BindException error) when (mayLack && error.Failure == BindFailure.NotLocal)
        {
            return null;
        }
    }
}
