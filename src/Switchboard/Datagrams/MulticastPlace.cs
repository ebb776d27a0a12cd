using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Switchboard.Datagrams;

/// <summary>The network interface on which a multicast group is heard or addressed.</summary>
/// <param name="Index">The system's number for it; 0 for its own choice.</param>
internal sealed record MulticastPlace(int Index)
{
    /// <param name="text">A name, an index or an address; null for the system's choice.</param>
    /// <exception cref="ArgumentException">There is no such interface.</exception>
    public static MulticastPlace Find(string? text)
    {
        if (text is null)
        {
            return new(0);
        }

        var all = NetworkInterface.GetAllNetworkInterfaces();
        var isIndex = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index);
        var address = !isIndex && IPAddress.TryParse(text, out var parsed) ? parsed : null;
        var found = all.FirstOrDefault(each =>
            isIndex ? IndexOf(each) == index : address is null ? each.Name == text : Has(each, address));
        return found is not null
            ? new(IndexOf(found))
            : throw new ArgumentException(
                $"'{text}' is no network interface's name, index or address. There are: "
                + string.Join(", ", all.Select(each => $"{each.Name} ({IndexOf(each)})")) + ".");
    }

    /// <summary>Joins or leaves a group, if the socket is of its family.</summary>
    public bool TryChange(Socket socket, IPAddress group, SocketOptionName change)
    {
        if (socket.AddressFamily != group.AddressFamily
            && !(socket.AddressFamily == AddressFamily.InterNetworkV6 && socket.DualMode))
        {
            return false;
        }

        if (group.AddressFamily == AddressFamily.InterNetworkV6)
        {
            socket.SetSocketOption(SocketOptionLevel.IPv6, change, new IPv6MulticastOption(group, Index));
        }
        else
        {
            socket.SetSocketOption(SocketOptionLevel.IP, change, new MulticastOption(group, Index));
        }

        return true;
    }

    /// <summary>Has a socket send to groups there.</summary>
    public void SendFrom(Socket socket)
    {
        if (socket.AddressFamily == AddressFamily.InterNetworkV6)
        {
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface, Index);
        }
        else
        {
            socket.SetSocketOption(
                SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.HostToNetworkOrder(Index));
        }
    }

    private static int IndexOf(NetworkInterface one)
    {
        var properties = one.GetIPProperties();
        return one.Supports(NetworkInterfaceComponent.IPv4) ? properties.GetIPv4Properties().Index
            : properties.GetIPv6Properties().Index;
    }

    private static bool Has(NetworkInterface one, IPAddress address) =>
        one.GetIPProperties().UnicastAddresses.Any(each => each.Address.Equals(address));
}
