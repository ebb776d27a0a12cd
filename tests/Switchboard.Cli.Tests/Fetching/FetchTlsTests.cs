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
        await using var server = await RawWebServer.StartAsync("HTTP/1.1 400 Bad Request\r\n\r\n");

        await using var run = await CommandRun.RunAsync("fetch", $"https://127.0.0.1:{server.Port}/", "--timeout", "30s");

        Assert.NotEqual(0, await run.Exit);
        Assert.DoesNotContain("--tls", run.Error.Text, StringComparison.Ordinal);
    }

    private static Task<RawWebServer> StartAsync(TlsCertificate certificate, string answer) => RawWebServer.StartAsync(
        _ => answer, "tls://127.0.0.1:0",
        new TlsListenOptions { Certificates = [certificate], ApplicationProtocols = ["http/1.1"] });
}
