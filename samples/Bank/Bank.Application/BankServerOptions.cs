using System.Security.Cryptography.X509Certificates;
using Switchboard;

namespace Bank.Application;

/// <summary>What an application server is, grants and tells.</summary>
public sealed record BankServerOptions
{
    /// <summary>Who this end is.</summary>
    public required TlsCertificate Certificate { get; init; }

    /// <summary>The bank's authority: whoever connects without a certificate of it is not heard.</summary>
    public required X509Certificate2Collection ClientRoots { get; init; }

    public BankRules Rules { get; init; } = new();

    /// <summary>How many requests of one connection are under way at once; more wait unread, in its sockets.</summary>
    public int MaxUnderWay { get; init; } = 256;

    /// <summary>Web tiers keep their connections; a few of them are many.</summary>
    public ServerLimits Limits { get; init; } = new() { MaxConnections = 64, IdleTimeout = TimeSpan.FromHours(1) };

    /// <summary>How long a stop waits for requests that are under way.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Is told what failed and should not have.</summary>
    public Action<Exception>? Failed { get; init; }

    /// <summary>
    /// Is told every frame, secrets included: for learning on a machine of one's own, never for a bank.
    /// </summary>
    public Action<string, ReadOnlyMemory<byte>>? Trace { get; init; }
}
