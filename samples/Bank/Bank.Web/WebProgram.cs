using System.Security.Cryptography.X509Certificates;
using Bank.Protocol;
using Bank.Web.Guarding;
using Bank.Web.Visits;
using Switchboard;
using Endpoint = Switchboard.Endpoint;

namespace Bank.Web;

/// <summary>The web tier as a program, for whoever starts it: itself, or the launcher of all tiers.</summary>
public static class WebProgram
{
    private const string Usage =
        """
        The web tier of the bank.

          --listen ENDPOINT        where browsers connect; tcp://localhost:7360 by default
          --application ENDPOINTS  the application tier's, with commas between several; tls://localhost:7361 by default
          --certificates FOLDER    with bank-web.pem, its key, and authority.pem; this machine's page.pem is made there
          --page-certificate FILE  a certificate that browsers trust, instead of this machine's own, and
          --page-key FILE          its key
          --hosts NAMES            what browsers call the site, besides this machine's names; with commas between
          --seal-key FILE          32 bytes that all web servers of one site share; seal.key in the folder, made there,
                                   by default
          --no-tls                 plain HTTP, at this machine's own addresses only
          --attached               ends when standard input does, so that nobody is left behind
        """;

    private static readonly TierProgram Program = new(
        "web tier",
        Usage,
        ["listen", "application", "certificates", "page-certificate", "page-key", "hosts", "seal-key"],
        ["no-tls", "attached"]);

    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> args) => Program.RunAsync(args, RunAsync);

    private static async Task<int> RunAsync(ProgramOptions options)
    {
        await using var tier = await WebTier.StartAsync(OptionsOf(options));
        await Console.Out.WriteLineAsync($"the bank's pages are at {tier.Url}");
        await TierProgram.WaitForEndAsync(tier.WaitForStopAsync(), options);
        return 0;
    }

    private static WebOptions OptionsOf(ProgramOptions given)
    {
        var folder = given["certificates"] ?? "certificates";
        Endpoint listen = given["listen"] ?? "tcp://localhost:7360";
        if (given.Has("no-tls") && listen is not HostEndpoint { IsLoopback: true })
        {
            throw new ArgumentException(
                $"Without TLS the site may only be at this machine's own addresses, not {listen}.");
        }

        return new WebOptions
        {
            Listen = listen,
            Application = BankClientOptions.From(
                folder, [.. Split(given["application"] ?? "tls://localhost:7361").Select(Endpoint.Parse)]),
            Certificate = CertificateOf(given, folder),
            Hosts = Split(given["hosts"] ?? ""),
            SealKey = given["seal-key"] is { } file ? SealKey.Load(file) : SealKey.Ensure(folder),
        };
    }

    private static string[] Split(string names) =>
        names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static X509Certificate2? CertificateOf(ProgramOptions given, string folder) =>
        given.Has("no-tls") ? null : (given["page-certificate"], given["page-key"]) switch
        {
            (null, null) => PageCertificate.Ensure(folder, TimeProvider.System),
            ({ } certificate, { } key) => PageCertificate.Load(certificate, key),
            _ => throw new ArgumentException("A page's certificate needs its key, and the key its certificate."),
        };
}
