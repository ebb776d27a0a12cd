using System.Net;

namespace Switchboard.Endpoints;

/// <summary>A host without brackets: an IPv6 address if it has a colon, else a name or an IPv4 address.</summary>
internal static class HostText
{
    /// <summary>Whether it can only be an IPv6 address: nothing else has colons.</summary>
    public static bool IsIPv6(string host) => host.Contains(':', StringComparison.Ordinal);

    /// <summary>Finds what keeps the text from being a host.</summary>
    public static Mistake? Check(string host) => IsIPv6(host) ? IPv6Text.Check(host) : HostName.Check(host);

    /// <summary>The one spelling of a host that is stored and compared.</summary>
    /// <exception cref="ArgumentException">It is neither a name nor an address.</exception>
    public static string Canonical(string host)
    {
        Mistake.ThrowIfAny(Check(host), host, nameof(host));
        return IsIPv6(host) ? IPv6Text.Canonical(host) : HostName.ToAscii(host)!;
    }

    /// <summary>The address, or null for a name. It must be in its canonical spelling.</summary>
    public static IPAddress? AddressOf(string host) =>
        IsIPv6(host) || IPv4Text.IsMeant(host) ? IPAddress.Parse(host) : null;
}
