using System.Net;
using Switchboard.Tests;

namespace Switchboard.Cli.Tests.Interop;

/// <summary>An address in the spellings of all programs.</summary>
/// <param name="Family">Which kind.</param>
/// <param name="Host">Without brackets; empty for a path.</param>
/// <param name="Port">0 for a path.</param>
/// <param name="Path">Empty unless it is one.</param>
internal sealed record Address(Family Family, string Host, int Port, string Path)
{
    /// <summary>As this program writes it.</summary>
    public string Endpoint => Family switch
    {
        Family.Tcp4 => $"{Host}:{Port}",
        Family.Tcp6 => $"[{Host}]:{Port}",
        _ => $"unix:{Path}",
    };

    /// <summary>One that nobody listens at.</summary>
    /// <param name="family">Which kind.</param>
    /// <param name="folder">For the path.</param>
    public static Address Free(Family family, string folder)
    {
        if (family == Family.Unix)
        {
            return new Address(family, "", 0, System.IO.Path.Combine(folder, "s"));
        }

        var loopback = family == Family.Tcp4 ? IPAddress.Loopback : IPAddress.IPv6Loopback;
        return new Address(family, $"{loopback}", FreePort.Next(), "");
    }
}
