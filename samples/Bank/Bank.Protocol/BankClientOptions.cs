using System.Security.Cryptography.X509Certificates;
using Switchboard;

namespace Bank.Protocol;

/// <summary>Where the application tier is, and how both ends prove who they are.</summary>
public sealed record BankClientOptions
{
    /// <summary>
    /// Application servers over one database; one is talked to, and the next is tried when it is gone.
    /// </summary>
    public required IReadOnlyList<Endpoint> Endpoints { get; init; }

    /// <summary>Who this end is: issued by the bank's authority, or the application tier refuses it.</summary>
    public required TlsCertificate? Certificate { get; init; }

    /// <summary>The bank's authority; no other is trusted.</summary>
    public required X509Certificate2Collection Roots { get; init; }

    /// <summary>How long one request may take, connecting included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many requests may wait for their answers at once; the next one waits for its turn.</summary>
    public int MaxUnderWay { get; init; } = 256;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// The options of a web tier whose certificate lies in a folder of <see cref="BankCertificates"/>.
    /// </summary>
    public static BankClientOptions From(string certificateFolder, params IReadOnlyList<Endpoint> endpoints) => new()
    {
        Endpoints = endpoints,
        Certificate = BankCertificates.Load(certificateFolder, BankCertificates.Web),
        Roots = BankCertificates.LoadRoots(certificateFolder),
    };
}
