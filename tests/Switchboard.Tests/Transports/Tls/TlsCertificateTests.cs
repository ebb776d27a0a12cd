using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports.Tls;

public sealed class TlsCertificateTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tls-");
    private readonly TestAuthority _authority = new();

    private string CertificateFile => Path.Combine(_directory.FullName, "server.pem");

    private string KeyFile => Path.Combine(_directory.FullName, "server.key");

    [Fact]
    public void A_self_signed_one_is_for_this_machine_and_for_a_while()
    {
        var certificate = TlsCertificate.CreateSelfSigned();

        foreach (var name in (string[])["localhost", "127.0.0.1", "::1"])
        {
            Assert.True(certificate.Certificate.MatchesHostname(name), name);
        }

        Assert.False(certificate.Certificate.MatchesHostname("example.com"));
        Assert.Matches("^[0-9A-F]{64}$", certificate.Fingerprint);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(certificate.Certificate.RawData)), certificate.Fingerprint);
        var validity = certificate.Certificate.NotAfter - certificate.Certificate.NotBefore;
        Assert.InRange(validity, TimeSpan.FromDays(90), TimeSpan.FromDays(91));
    }

    [Fact]
    public void A_PFX_file_needs_its_password()
    {
        var file = Path.Combine(_directory.FullName, "server.pfx");
        using var certificate = _authority.IssueBare();
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx, "secret"));

        var loaded = TlsCertificate.FromPfx(file, "secret");
        Assert.Equal(certificate.GetCertHashString(HashAlgorithmName.SHA256), loaded.Fingerprint);
        var error = Assert.Throws<InvalidDataException>(() => TlsCertificate.FromPfx(file, "wrong"));
        Assert.Contains("or the password is another", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_hold_no_certificate_are_refused_by_name()
    {
        File.WriteAllText(CertificateFile, "nothing");
        File.WriteAllText(KeyFile, "nothing");

        var error = Assert.Throws<InvalidDataException>(() => TlsCertificate.FromPem(CertificateFile, KeyFile));
        Assert.Contains(CertificateFile, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_belongs_to_another_certificate_is_refused()
    {
        using var one = _authority.IssueBare();
        using var other = _authority.IssueBare();
        Write(one, other);

        Assert.Throws<InvalidDataException>(() => TlsCertificate.FromPem(CertificateFile, KeyFile));
    }

    [Fact]
    public async Task Rotating_while_serving_fails_no_handshake_and_new_connections_get_the_new_one()
    {
        using var old = _authority.IssueBare();
        using var renewed = _authority.IssueBare();
        Write(old, old);
        var problems = new ConcurrentQueue<Exception>();
        await using var trial = await TlsTrial.StartAsync(
            new() { Certificates = [TlsCertificate.FromPem(CertificateFile, KeyFile, problems.Enqueue)] });
        using var stop = new CancellationTokenSource();
        var seen = new ConcurrentQueue<string>();
        var clients = Task.Run(() => ConnectUntilAsync(trial, seen, stop.Token));
        await Waiting.UntilAsync(() => seen.Count > 20);

        // In two steps: between them, the files do not fit each other.
        Write(renewed, renewed);
        var expected = renewed.GetCertHashString(HashAlgorithmName.SHA256);
        await Waiting.UntilAsync(() => seen.Contains(expected));
        await stop.CancelAsync();
        await clients.Soon();

        Assert.Empty(trial.Failures);
        Assert.Equal(
            [old.GetCertHashString(HashAlgorithmName.SHA256), expected], seen.Distinct());
    }

    [Fact]
    public async Task A_new_file_that_is_broken_leaves_the_old_certificate_and_is_told_once()
    {
        using var good = _authority.IssueBare();
        Write(good, good);
        var problems = new ConcurrentQueue<Exception>();
        var certificate = TlsCertificate.FromPem(CertificateFile, KeyFile, problems.Enqueue);
        await using var trial = await TlsTrial.StartAsync(new() { Certificates = [certificate] });

        await File.WriteAllTextAsync(CertificateFile, "broken");
        var seen = new ConcurrentQueue<string>();
        await ConnectOnceAsync(trial, seen);
        await ConnectOnceAsync(trial, seen);
        File.Delete(CertificateFile);
        await ConnectOnceAsync(trial, seen);

        Assert.All(seen, each => Assert.Equal(good.GetCertHashString(HashAlgorithmName.SHA256), each));
        Assert.Collection(
            problems,
            broken => Assert.IsType<InvalidDataException>(broken),
            missing => Assert.IsType<FileNotFoundException>(missing));
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private async Task ConnectUntilAsync(TlsTrial trial, ConcurrentQueue<string> seen, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await ConnectOnceAsync(trial, seen);
        }
    }

    private async Task ConnectOnceAsync(TlsTrial trial, ConcurrentQueue<string> seen)
    {
        var (client, server) = await trial.ConnectBothAsync(
            new() { ServerName = "localhost", TrustedRoots = _authority.Roots });
        seen.Enqueue(client.Tls!.PeerCertificate!.GetCertHashString(HashAlgorithmName.SHA256));
        client.Abort();
        server.Abort();
    }

    private void Write(X509Certificate2 certificate, X509Certificate2 ofKey)
    {
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, ofKey.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }
}
