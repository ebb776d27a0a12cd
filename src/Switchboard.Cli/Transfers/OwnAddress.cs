using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Switchboard.Cli.Transfers;

/// <summary>By which address others are likely to reach this machine.</summary>
internal static class OwnAddress
{
    /// <summary>
    /// The endpoint that a ticket should lead to: for one at all addresses, that of the first network of this machine;
    /// any other as it is.
    /// </summary>
    public static Endpoint For(Endpoint local) => local is HostEndpoint { IsAnyAddress: true } host
        ? host with { Host = $"{First(host.Address!.AddressFamily)}" }
        : local;

    private static object First(AddressFamily family)
    {
        var addresses = NetworkInterface.GetAllNetworkInterfaces()
            .Where(each => each.OperationalStatus == OperationalStatus.Up
                && each.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(each => each.GetIPProperties().UnicastAddresses)
            .Select(each => each.Address)
            .Where(each => !IPAddress.IsLoopback(each) && !each.IsIPv6LinkLocal)
            .ToList();
        return addresses.Find(each => each.AddressFamily == AddressFamily.InterNetwork)
            ?? addresses.Find(each => each.AddressFamily == family)
            ?? (object)Dns.GetHostName();
    }
}
