using System.Security.Cryptography.X509Certificates;
using Switchboard.Tests.Transports.Tls;

namespace Switchboard.Cli.Tests.Interop;

/// <summary>A folder with an authority's certificate, and those of a server and a client that it vouches for.</summary>
internal sealed class TlsFolder : IDisposable
{
    private readonly TempFolder _folder = new();

    public TlsFolder()
    {
        var authority = new TestAuthority();
        Authority = _folder.Write("ca.pem", authority.Roots[0].ExportCertificatePem());
        (Certificate, Key) = Write("server", authority.IssueBare());
        (ClientCertificate, ClientKey) = Write("client", authority.IssueBare("alice", forClients: true));
    }

    public string Path => _folder.Path;

    public string Authority { get; }

    public string Certificate { get; }

    public string Key { get; }

    public string ClientCertificate { get; }

    public string ClientKey { get; }

    public void Dispose() => _folder.Dispose();

    private (string Certificate, string Key) Write(string name, X509Certificate2 issued)
    {
        using var key = issued.GetECDsaPrivateKey()!;
        var files = (
            _folder.Write($"{name}.pem", issued.ExportCertificatePem()),
            _folder.Write($"{name}.key", key.ExportPkcs8PrivateKeyPem()));
        issued.Dispose();
        return files;
    }
}
