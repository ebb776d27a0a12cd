using System.Security.Cryptography.X509Certificates;
using Bank.Protocol;
using Endpoint = Switchboard.Endpoint;

namespace Bank.Web;

/// <summary>A web tier to start.</summary>
public sealed record WebOptions
{
    /// <summary>Where browsers connect.</summary>
    public required Endpoint Listen { get; init; }

    /// <summary>Where the application tier is, and who this tier is.</summary>
    public required BankClientOptions Application { get; init; }

    /// <summary>What proves to browsers who this site is; null for no TLS, for this machine alone.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The site's names, besides those of this machine. A request for any other is refused.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>
    /// 32 bytes that web servers of one site share; null to make some, with which forms that are shown end, too.
    /// </summary>
    public byte[]? SealKey { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
