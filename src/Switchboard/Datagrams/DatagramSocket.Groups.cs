using System.Net;
using System.Net.Sockets;
using Switchboard.Datagrams;

namespace Switchboard;

public sealed partial class DatagramSocket
{
    /// <summary>Hears what is sent to a multicast group.</summary>
    /// <param name="group">224.0.0.0/4 or ff00::/8.</param>
    /// <param name="networkInterface">
    /// On which network: an interface's name, such as <c>eth0</c>, its index, or an address of it; the operating
    /// system chooses if null.
    /// </param>
    /// <exception cref="ArgumentException">It is no group, or there is no such interface.</exception>
    /// <exception cref="ConnectionException">The operating system refuses.</exception>
    public void JoinGroup(IPAddress group, string? networkInterface = null) =>
        ChangeGroup("join", group, networkInterface, SocketOptionName.AddMembership);

    /// <summary>Hears a group no more.</summary>
    /// <param name="group">As it was joined.</param>
    /// <param name="networkInterface">As it was joined.</param>
    /// <inheritdoc cref="JoinGroup" path="/exception" />
    public void LeaveGroup(IPAddress group, string? networkInterface = null) =>
        ChangeGroup("leave", group, networkInterface, SocketOptionName.DropMembership);

    private void ChangeGroup(string operation, IPAddress group, string? networkInterface, SocketOptionName change)
    {
        ArgumentNullException.ThrowIfNull(group);
        ThrowIfDisposed();
        var endpoint = UdpEndpoint.From(new IPEndPoint(group, Local.Port));
        if (!endpoint.IsMulticast)
        {
            throw new ArgumentException($"{group} is no multicast group: use 224.0.0.0/4 or ff00::/8.", nameof(group));
        }

        var place = MulticastPlace.Find(networkInterface);
        var isChanged = false;
        try
        {
            Wire.Configure(socket => isChanged |= place.TryChange(socket, group, change));
        }
        catch (SocketException error)
        {
            throw new ConnectionException(operation, Local, endpoint, error.Message, error);
        }

        if (!isChanged)
        {
            throw new ArgumentException($"{Local} cannot hear {group}, which is of the other family.", nameof(group));
        }
    }
}
