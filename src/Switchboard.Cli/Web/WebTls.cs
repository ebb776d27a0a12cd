using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Switchboard.Cli.Tls;

namespace Switchboard.Cli.Web;

/// <summary>TLS as Kestrel wants it told, of what was asked for as everywhere in this command.</summary>
/// <param name="options">The certificate, and whose clients alone are accepted.</param>
/// <param name="chainFile">Holds the intermediate certificates behind the first; null for none.</param>
internal sealed class WebTls(TlsListenOptions options, string? chainFile)
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private SslStreamCertificateContext? _current;

    public static WebTls Of(ListenTls tls, TlsListenOptions options, string folder) => new(
        options,
        tls.Own.CertificateFile is { } file ? Path.Combine(folder, file) : null);

    public TlsHandshakeCallbackOptions ToKestrel() => new()
    {
        HandshakeTimeout = HandshakeTimeout,
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = Current(),
#pragma warning disable CA5398 // The same two as everywhere in the library.
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
            AllowRenegotiation = false,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            ClientCertificateRequired = options.ClientRoots is not null,
            RemoteCertificateValidationCallback = options.ClientRoots is null
                ? null
                : (_, certificate, _, _) => IsOfAnAuthority(certificate),
        }),
    };

    /// <summary>The certificate as its files are now.</summary>
    private SslStreamCertificateContext Current()
    {
        var certificate = options.Certificates[0].Certificate;
        lock (_lock)
        {
            if (_current?.TargetCertificate.Thumbprint != certificate.Thumbprint)
            {
                _current = SslStreamCertificateContext.Create(certificate, Intermediates(), offline: true);
            }

            return _current!;
        }
    }

    private X509Certificate2Collection Intermediates()
    {
        var all = new X509Certificate2Collection();
        if (chainFile is not null)
        {
            all.ImportFromPemFile(chainFile);
        }

        return all;
    }

    private bool IsOfAnAuthority(X509Certificate? certificate)
    {
        if (certificate is not X509Certificate2 shown)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(options.ClientRoots!);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new("1.3.6.1.5.5.7.3.2"));
        return chain.Build(shown);
    }
}
