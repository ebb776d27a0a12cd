using System.Security.Cryptography;
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

    /// <summary>The exit code of a tier that cannot start: starting it again would not help.</summary>
    private const int CannotStart = 3;

    private const int WrongUsage = 2;

    private static readonly string[] Names =
        ["listen", "application", "certificates", "page-certificate", "page-key", "hosts", "seal-key"];

    private static readonly string[] Flags = ["no-tls", "attached"];

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        if (args is ["--help"])
        {
            await Console.Out.WriteLineAsync(Usage);
            return 0;
        }

        if (Read(args) is not { } given)
        {
            await Console.Error.WriteLineAsync(Usage);
            return WrongUsage;
        }

        try
        {
            await RunAsync(given);
            return 0;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException
            or FormatException or ArgumentException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"The web tier cannot start: {cause.Message}");
            return CannotStart;
        }
    }

    private static async Task RunAsync(Dictionary<string, string> given)
    {
        await using var tier = await WebTier.StartAsync(OptionsOf(given));
        await Console.Out.WriteLineAsync($"the bank's pages are at {tier.Url}");
        await (given.ContainsKey("attached")
            ? Task.WhenAny(tier.WaitForStopAsync(), InputEndsAsync())
            : tier.WaitForStopAsync());
    }

    private static Dictionary<string, string>? Read(IReadOnlyList<string> args)
    {
        var given = new Dictionary<string, string>();
        for (var place = 0; place < args.Count; place++)
        {
            var name = args[place].StartsWith("--", StringComparison.Ordinal) ? args[place][2..] : "";
            if (Flags.Contains(name))
            {
                given[name] = "";
            }
            else if (Names.Contains(name) && ++place < args.Count)
            {
                given[name] = args[place];
            }
            else
            {
                return null;
            }
        }

        return given;
    }

    private static WebOptions OptionsOf(Dictionary<string, string> given)
    {
        var folder = given.GetValueOrDefault("certificates", "certificates");
        Endpoint listen = given.GetValueOrDefault("listen", "tcp://localhost:7360");
        if (given.ContainsKey("no-tls") && listen is not HostEndpoint { IsLoopback: true })
        {
            throw new ArgumentException(
                $"Without TLS the site may only be at this machine's own addresses, not {listen}.");
        }

        return new WebOptions
        {
            Listen = listen,
            Application = BankClientOptions.From(
                folder, [.. ListOf(given, "application", "tls://localhost:7361").Select(Endpoint.Parse)]),
            Certificate = CertificateOf(given, folder),
            Hosts = [.. ListOf(given, "hosts", "")],
            SealKey = given.TryGetValue("seal-key", out var file) ? SealKey.Load(file) : SealKey.Ensure(folder),
        };
    }

    private static string[] ListOf(Dictionary<string, string> given, string name, string otherwise) =>
        given.GetValueOrDefault(name, otherwise)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static X509Certificate2? CertificateOf(
        Dictionary<string, string> given, string folder)
    {
        if (given.ContainsKey("no-tls"))
        {
            return null;
        }

        return (given.GetValueOrDefault("page-certificate"), given.GetValueOrDefault("page-key")) switch
        {
            (null, null) => PageCertificate.Ensure(folder, TimeProvider.System),
            ({ } certificate, { } key) => PageCertificate.Load(certificate, key),
            _ => throw new ArgumentException("A page's certificate needs its key, and the key its certificate."),
        };
    }

    // Whoever started it is gone, however that came.
    private static async Task InputEndsAsync()
    {
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(Stream.Null);
    }
}
