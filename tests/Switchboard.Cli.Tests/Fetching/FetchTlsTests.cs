using System.Security.Cryptography.X509Certificates;
using Switchboard.Cli.Tests.Interop;
using Switchboard.Tests.Transports.Tls;

namespace Switchboard.Cli.Tests.Fetching;

public sealed class FetchTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TempFolder _folder = new();

    private string Roots => _folder.Write("ca.pem", _authority.Roots[0].ExportCertificatePem());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_server_that_proves_its_name_is_believed()
    {
        await using var server = await StartAsync(_authority.Issue("127.0.0.1"), RawWebServer.Ok("safe"));

        await using var run = await CommandRun.RunAsync("fetch", server.Url, "--ca", Roots, "--json");

        Assert.Equal(0, await run.Exit);
        var tls = (await run.WaitForEventAsync("connected")).GetProperty("tls");
        Assert.Equal("http/1.1", tls.GetProperty("alpn").GetString());
        Assert.Contains($"Host: 127.0.0.1:{server.Port}\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_is_refused_and_asked_nothing()
    {
        await using var server = await StartAsync(_authority.Issue("example.com"), RawWebServer.Ok("unsafe"));

        await using var run = await CommandRun.RunAsync("fetch", server.Url, "--ca", Roots);

        Assert.Equal(5, await run.Exit);
        Assert.Equal("", run.Output.Text);
        Assert.Contains("not for 127.0.0.1 but for example.com", run.Error.Text, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task The_name_of_the_URL_is_proved_wherever_its_host_is_reached()
    {
        var at = $"unix:{_folder.Path}/web.sock";
        var tls = new TlsListenOptions { Certificates = [_authority.Issue("app.example")] };
        await using var server = await RawWebServer.StartAsync(_ => RawWebServer.Ok("ok"), at, tls);

        await using var right = await CommandRun.RunAsync("fetch", "https://app.example/", "--at", at, "--ca", Roots);
        await using var wrong = await CommandRun.RunAsync("fetch", "https://bank.example/", "--at", at, "--ca", Roots);

        Assert.Equal("ok", right.Output.Text);
        Assert.Equal(5, await wrong.Exit);
    }

    [Fact]
    public async Task A_pin_and_insecure_do_as_with_connect()
    {
        var certificate = TlsCertificate.CreateSelfSigned();
        await using var server = await StartAsync(certificate, RawWebServer.Ok("ok"));

        await using var pinned = await CommandRun.RunAsync("fetch", server.Url, "--pin", certificate.Fingerprint);
        await using var insecure = await CommandRun.RunAsync("fetch", server.Url, "--insecure");

        Assert.Equal("ok", pinned.Output.Text);
        Assert.Equal("ok", insecure.Output.Text);
        Assert.StartsWith("WARNING: --insecure", insecure.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_TLS_is_told_in_the_words_of_URLs()
    {
        await using var server = await Server.StartAsync("tcp://127.0.0.1:0", async (connection, stopping) =>
            await connection.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), stopping));
        var port = ((TcpEndpoint)server.Local).Port;

        await using var run = await CommandRun.RunAsync("fetch", $"https://127.0.0.1:{port}/");

        Assert.Equal(3, await run.Exit);
        Assert.Contains("Write http:// if it speaks no TLS", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_whose_end_TLS_does_not_vouch_for_may_be_cut_off()
    {
        await using var server = await StartAsync(
            _authority.Issue("127.0.0.1"), $"HTTP/1.1 200 OK\r\n\r\nhalf{RawWebServer.Crash}");

        await using var run = await CommandRun.RunAsync("fetch", server.Url, "--ca", Roots);

        Assert.Equal(1, await run.Exit);
        Assert.Equal("half", run.Output.Text);
    }

    [Fact]
    public async Task A_clients_certificate_is_shown_to_the_host_of_the_URL_alone()
    {
        using var files = new TlsFolder();
        await using var stranger = await RawWebServer.StartAsync(
            _ => RawWebServer.Ok("stranger"), "tls://127.0.0.1:0", ListenOptions(files));
        await using var server = await RawWebServer.StartAsync(
            _ => RawWebServer.Redirect(302, stranger.Url), "tls://127.0.0.1:0", ListenOptions(files));

        await using var run = await CommandRun.RunAsync(
            "fetch", server.Url, "--ca", Roots, "--cert", files.ClientCertificate, "--key", files.ClientKey);

        Assert.Single(server.Requests);
        Assert.Empty(stranger.Requests);
        Assert.NotEqual(0, await run.Exit);
    }

    private TlsListenOptions ListenOptions(TlsFolder files)
    {
        var clients = new X509Certificate2Collection();
        clients.ImportFromPemFile(files.Authority);
        return new TlsListenOptions { Certificates = [_authority.Issue("127.0.0.1")], ClientRoots = clients };
    }

    private static Task<RawWebServer> StartAsync(TlsCertificate certificate, string answer) => RawWebServer.StartAsync(
        _ => answer, "tls://127.0.0.1:0",
        new TlsListenOptions { Certificates = [certificate], ApplicationProtocols = ["http/1.1"] });
}
