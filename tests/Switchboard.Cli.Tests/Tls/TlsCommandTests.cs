using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Switchboard.Cli.Tests.Interop;
using Switchboard.Tests.Transports.Tls;

namespace Switchboard.Cli.Tests.Tls;

public sealed class TlsCommandTests : IDisposable
{
    private readonly TlsFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_self_signed_server_tells_the_fingerprint_that_a_client_pins()
    {
        await using var server = CommandRun.Start("serve", "greet", "tls://127.0.0.1:0", "--self-signed", "--json");
        var pin = (await server.WaitForEventAsync("certificate")).GetProperty("fingerprint").GetString()!;
        var at = $"{await server.WaitForEndpointAsync()}";

        await using var client = await CommandRun.RunAsync("connect", at, "--pin", pin);

        Assert.Equal("Hello, Client! Welcome to the server.", client.Output.Text);
        Assert.Equal(0, await client.Exit);
    }

    [Fact]
    public async Task TLS_goes_over_a_unix_socket_too()
    {
        var at = $"unix:{_files.Path}/tls.sock";
        await using var server = CommandRun.Start(
            "serve", "greet", at, "--tls", "--cert", _files.Certificate, "--key", _files.Key, "--json");
        await server.WaitForEndpointAsync();

        await using var client = await CommandRun.RunAsync(
            "connect", at, "--tls", "--ca", _files.Authority, "--server-name", "localhost", "--json");

        Assert.Equal(0, await client.Exit);
        var connected = await client.WaitForEventAsync("connected");
        var tls = connected.GetProperty("tls");
        Assert.Equal("TLS 1.3", tls.GetProperty("version").GetString());
        Assert.Equal("CN=localhost", tls.GetProperty("peerSubject").GetString());
        Assert.Equal("localhost", tls.GetProperty("serverName").GetString());
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "expired", "Its certificate expired on " },
        { "another host", "Its certificate is not for 127.0.0.1 but for example.com" },
        { "self-signed", "Its certificate vouches for itself" },
        { "unknown authority", "Its certificate was issued by CN=Stranger" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_server_that_does_not_prove_who_it_is_is_refused_with_5(string kind, string sentence)
    {
        var authority = new TestAuthority();
        var folder = new TempFolder();
        var roots = folder.Write("ca.pem", authority.Roots[0].ExportCertificatePem());
        var certificate = kind switch
        {
            "expired" => authority.Issue("127.0.0.1", validFromDays: -20, validToDays: -10),
            "another host" => authority.Issue("example.com"),
            "self-signed" => TlsCertificate.CreateSelfSigned(),
            _ => new TestAuthority("Stranger").Issue("127.0.0.1"),
        };
        await using var listener = await Listener.BindAsync(
            "tls://127.0.0.1:0", new ListenOptions { Tls = new() { Certificates = [certificate] } });

        await using var client = await CommandRun.RunAsync("connect", $"{listener.Local}", "--ca", roots);

        Assert.Equal(5, await client.Exit);
        Assert.Contains(sentence, client.Error.Text, StringComparison.Ordinal);
        folder.Dispose();
    }

    [Fact]
    public async Task A_password_is_never_typed_but_read_from_a_file()
    {
        using var folder = new TempFolder();
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        var pfx = folder.Write("both.pfx", "");
        await File.WriteAllBytesAsync(pfx, certificate.Export(X509ContentType.Pfx, "open sesame"));
        var password = folder.Write("password", "open sesame\n");

        await using var typed = await CommandRun.RunAsync(
            "serve", "greet", "tls://127.0.0.1:0", "--pfx", pfx, "--password", "open sesame");
        await using var without = await CommandRun.RunAsync("serve", "greet", "tls://127.0.0.1:0", "--pfx", pfx);
        await using var server = CommandRun.Start(
            "serve", "greet", "tls://127.0.0.1:0", "--pfx", pfx, "--password-file", password, "--json");

        Assert.Equal(2, await typed.Exit);
        Assert.Contains("there is no option --password", typed.Error.Text, StringComparison.Ordinal);
        Assert.Equal(2, await without.Exit);
        Assert.Contains("put that into a file: --password-file FILE", without.Error.Text, StringComparison.Ordinal);
        await server.WaitForEndpointAsync();
    }

    [Fact]
    public async Task Insecure_warns_each_time()
    {
        await using var server = CommandRun.Start("serve", "greet", "tls://127.0.0.1:0", "--self-signed", "--json");
        var at = $"{await server.WaitForEndpointAsync()}";

        await using var client = await CommandRun.RunAsync("connect", at, "--insecure");

        Assert.Equal(0, await client.Exit);
        Assert.StartsWith("WARNING: --insecure", client.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listen_takes_clients_of_the_right_authority_only()
    {
        await using var listening = CommandRun.Start(
            "listen", "tls://127.0.0.1:0", "--self-signed", "--client-ca", _files.Authority, "--json");
        var at = $"{await listening.WaitForEndpointAsync()}";
        var pin = (await listening.WaitForEventAsync("certificate")).GetProperty("fingerprint").GetString()!;

        await using var stranger = await CommandRun.RunAsync("connect", at, "--pin", pin);
        await using var known = await CommandRun.RunAsync(
            "connect", at, "--pin", pin, "--cert", _files.ClientCertificate, "--key", _files.ClientKey);

        Assert.NotEqual(0, await stranger.Exit);
        Assert.Equal(0, await known.Exit);
        Assert.Equal(0, await listening.Exit);
        Assert.Contains("sent no certificate", listening.Output.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve echo tls://localhost:0", "needs a certificate to speak TLS with")]
    [InlineData("listen tls://localhost:0", "needs a certificate to speak TLS with")]
    [InlineData("serve echo :0 --self-signed", "--self-signed does nothing without TLS")]
    [InlineData("connect :1 --server-name x", "--server-name does nothing without TLS")]
    [InlineData("connect tls://localhost:1 --pin 12", "64 hex digits are expected")]
    [InlineData("connect tls://localhost:1 --insecure --ca x", "--pin and --ca would be ignored")]
    [InlineData("connect udp://localhost:1 --tls", "has datagrams, and TLS needs a stream")]
    [InlineData("connect unix:/x --tls", "has no host whose name the server could prove")]
    [InlineData("connect tls://localhost:1 --ca /nowhere.pem", "cannot be used as a file of authorities")]
    [InlineData("connect tls://localhost:1 --key x", "--key is the key of a certificate")]
    [InlineData("serve echo tls://localhost:0 --cert /nowhere.pem", "the certificate cannot be used")]
    [InlineData("serve echo tls://localhost:0 --cert a --self-signed", "exclude each other")]
    public async Task What_cannot_be_meant_is_refused_before_anything_is_done(string line, string problem)
    {
        await using var run = await CommandRun.RunAsync(line.Split(' '));

        Assert.Equal(2, await run.Exit);
        Assert.Contains(problem, run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_of_the_configuration_may_speak_TLS()
    {
        var config = Path.Combine(_files.Path, "up.json");
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new[]
        {
            new { serve = "greet", listen = "127.0.0.1:0", tls = true, cert = _files.Certificate, key = _files.Key },
        }));
        await using var server = CommandRun.Start("up", "--config", config, "--json");
        var at = await server.WaitForEndpointAsync();

        await using var client = await CommandRun.RunAsync(
            "connect", $"{at}", "--ca", _files.Authority, "--server-name", "localhost");

        Assert.IsType<TlsEndpoint>(at);
        Assert.Equal(0, await client.Exit);
    }

    [Theory]
    [InlineData("""[ { "serve": "echo", "cert": "a.pem" } ]""", "\"cert\" does nothing without TLS.")]
    [InlineData("""[ { "serve": "echo", "tls": true } ]""", "TLS needs a certificate.")]
    [InlineData("""[ { "serve": "echo", "tls": "yes" } ]""", "true or false")]
    public async Task A_configuration_that_cannot_be_meant_is_refused_with_its_place(string json, string problem)
    {
        var config = Path.Combine(_files.Path, "up.json");
        await File.WriteAllTextAsync(config, json);

        await using var run = await CommandRun.RunAsync("up", "--config", config);

        Assert.Equal(2, await run.Exit);
        Assert.Contains("up.json:1:", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains(problem, run.Error.Text, StringComparison.Ordinal);
    }
}
