using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Switchboard.Connections;
using Switchboard.Datagrams;
using Switchboard.Engines.Sockets;

namespace Switchboard.Transports;

/// <summary>Finds the addresses of an endpoint and opens a socket for each.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "The wire owns the sockets.")]
internal sealed class DatagramOpening(DatagramOptions options)
{
    private const int FreePortTries = 16;

    private readonly MulticastPlace _place = MulticastPlace.Find(options.MulticastInterface);

    public async Task<DatagramSocket> BindAsync(UdpEndpoint asked, CancellationToken cancellationToken)
    {
        IPAddress[] addresses;
        try
        {
            addresses = await FindAsync(asked, cancellationToken).ConfigureAwait(false);
        }
        catch (HostNotFoundException error)
        {
            throw new BindException(asked, BindFailure.NotFound, error.Problem, error.InnerException);
        }

        for (var tries = 1; ; tries++)
        {
            try
            {
                return Bind(asked, addresses);
            }
            catch (BindException error) when (
                asked.Port == 0 && error.Failure == BindFailure.InUse && tries < FreePortTries)
            {
                // The port was free for the first address and taken for another: draw again.
            }
        }
    }

    public async Task<DatagramSocket> ConnectAsync(UdpEndpoint target, CancellationToken cancellationToken)
    {
        if (target.Port == 0)
        {
            throw new ArgumentException($"{target}: nobody can be reached at port 0.", nameof(target));
        }

        var addresses = await FindAsync(target, cancellationToken).ConfigureAwait(false);
        for (var i = 0; ; i++)
        {
            var remote = new IPEndPoint(WithPlace(addresses[i]), target.Port);
            try
            {
                return Open([DatagramSockets.Connect(remote, Prepare)], remote, null);
            }
            catch (ConnectionException) when (i + 1 < addresses.Length)
            {
                // No route to this one; the next may have one.
            }
        }
    }

    private async ValueTask<IPAddress[]> FindAsync(UdpEndpoint target, CancellationToken cancellationToken)
    {
        if (target.Address is { } address)
        {
            return [address];
        }

        // Both: a peer may send to either, and whoever took the other would get our datagrams.
        return target.IsLoopback
            ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
            : await ResolveAsync(target, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IPAddress[]> ResolveAsync(UdpEndpoint target, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(options.Timeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            var resolving = options.Resolve(target.Host, either.Token);
            resolving.MayBeGivenUp();
            var addresses = await resolving.WaitAsync(either.Token).ConfigureAwait(false);
            return addresses.Length > 0
                ? addresses
                : throw new HostNotFoundException("resolve", null, target, $"the name {target.Host} has no address");
        }
        catch (SocketException error)
        {
            throw new HostNotFoundException(
                "resolve", null, target, $"the name {target.Host} was not found ({error.Message})", error);
        }
        catch (OperationCanceledException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw timer.IsCancellationRequested
                ? new ConnectionTimeoutException(
                    TimeoutPhase.Resolve, options.Timeout, null, target,
                    $"no address for {target.Host} within {options.Timeout.TotalSeconds:0.###} s")
                : new HostNotFoundException("resolve", null, target, "the resolver gave up", error);
        }
    }

    private DatagramSocket Bind(UdpEndpoint asked, IPAddress[] addresses)
    {
        var bound = new List<Socket>(addresses.Length);
        var port = asked.Port;
        try
        {
            foreach (var address in addresses)
            {
                if (TryBind(new IPEndPoint(address, port), mayLack: bound.Count > 0) is { } socket)
                {
                    bound.Add(socket);
                    port = DatagramSockets.LocalOf(socket).Port;
                }
            }
        }
        catch
        {
            bound.ForEach(socket => socket.Dispose());
            throw;
        }

        return Open(bound, null, asked.WithPort(port));
    }

    /// <summary>Binds one of a name's addresses; null when it is not this machine's and another was.</summary>
    private Socket? TryBind(IPEndPoint address, bool mayLack)
    {
        try
        {
            return UdpEndpoint.From(address).IsMulticast
                ? BindGroup(address)
                : DatagramSockets.Bind(address, Prepare);
        }
        catch (BindException error) when (mayLack && error.Failure == BindFailure.NotLocal)
        {
            return null;
        }
    }

    private Socket BindGroup(IPEndPoint group)
    {
        // Bound to the group's address, only what is sent to the group is heard. Windows does not know that.
        var isIPv6 = group.AddressFamily == AddressFamily.InterNetworkV6;
        var address = OperatingSystem.IsWindows() ? (isIPv6 ? IPAddress.IPv6Any : IPAddress.Any)
            : WithPlace(group.Address);
        return DatagramSockets.Bind(new IPEndPoint(address, group.Port), socket =>
        {
            Prepare(socket);
            Share(socket);
            _place.TryChange(socket, group.Address, SocketOptionName.AddMembership);
        });
    }

    // A group of IPv6 is one of a network's, which its address has to name.
    private IPAddress WithPlace(IPAddress address) => address is { IsIPv6Multicast: true, ScopeId: 0 }
        ? new IPAddress(address.GetAddressBytes(), _place.Index)
        : address;

    private DatagramSocket Open(List<Socket> sockets, DatagramAddress? remote, UdpEndpoint? local)
    {
        local ??= DatagramSockets.LocalOf(sockets[0]);
        try
        {
            return new((options.Engine ?? Engine.Default).OpenDatagrams(sockets, remote), local);
        }
        catch (SocketException error)
        {
            throw SocketErrors.TranslateBind(error, local);
        }
    }

    private void Prepare(Socket socket)
    {
        var isIPv6 = socket.AddressFamily == AddressFamily.InterNetworkV6;
        var level = isIPv6 ? SocketOptionLevel.IPv6 : SocketOptionLevel.IP;
        socket.SetSocketOption(level, SocketOptionName.MulticastTimeToLive, options.MulticastTimeToLive);
        socket.SetSocketOption(level, SocketOptionName.MulticastLoopback, options.MulticastLoopback);
        if (options.MulticastInterface is not null)
        {
            _place.SendFrom(socket);
        }

        socket.EnableBroadcast = options.AllowBroadcast;
        if (options.ReceiveBufferBytes is { } received)
        {
            socket.ReceiveBufferSize = received;
        }

        if (options.SendBufferBytes is { } sent)
        {
            socket.SendBufferSize = sent;
        }

        if (options.SharePort)
        {
            Share(socket);
        }
        else if (OperatingSystem.IsWindows())
        {
            // Otherwise another program could bind the same port and take our datagrams.
            socket.ExclusiveAddressUse = true;
        }
    }

    private static void Share(Socket socket)
    {
        if (OperatingSystem.IsWindows())
        {
            socket.ExclusiveAddressUse = false;
        }

        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
    }
}
