using System.CommandLine;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Options;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Tls;

/// <summary>The options of TLS for whoever connects.</summary>
internal sealed class ConnectTlsOptions
{
    private readonly Option<bool> _tls = TextOption.Flag(
        "--tls", "Speak TLS, over any kind of endpoint; tls://host:port does so by itself");

    private readonly Option<string?> _pin = TextOption.Create(
        "--pin", "SHA256", "The server must have exactly the certificate with this fingerprint", ParsePin);

    private readonly Option<string?> _authorities = CertificateOptions.File(
        "--ca", "Trust the authorities in this PEM file instead of the system's");

    private readonly Option<string?> _serverName = TextOption.Create(
        "--server-name", "NAME", "The name that the server has to prove (default: the endpoint's host)", text => text);

    private readonly Option<IReadOnlyList<string>?> _alpn = TextOption.Create(
        "--alpn", "NAMES", "Offer these application protocols, best first: h2,http/1.1", AlpnText.Parse);

    private readonly Option<bool> _insecure = TextOption.Flag(
        "--insecure", "Accept any server, so that whoever is on the way can read and change everything");

    private readonly CertificateOptions _own = new();

    /// <summary>In the order of the help.</summary>
    public IEnumerable<Option> All => [_tls, _pin, _authorities, _serverName, _alpn, _insecure, .. _own.All];

    /// <summary>Those that are left where a URL says whether there is TLS, and in which protocol.</summary>
    public IEnumerable<Option> OfUrls => [_pin, _authorities, _serverName, _insecure, .. _own.All];

    public bool IsInsecure(ParseResult parsed) => parsed.GetValue(_insecure);

    /// <summary>What was asked for; null for no TLS.</summary>
    /// <exception cref="FailureException">The options do not fit each other, or a file cannot be used.</exception>
    public TlsConnectOptions? Read(ParseResult parsed, Endpoint endpoint, Surroundings surroundings)
    {
        var own = _own.Read(parsed);
        if (endpoint is not TlsEndpoint && !parsed.GetValue(_tls))
        {
            TlsUse.RefuseWithout(parsed, All);
            return null;
        }

        TlsUse.RefuseDatagrams(endpoint);
        return ReadTls(parsed, endpoint, own, surroundings);
    }

    /// <summary>What was asked for of a URL; null for http, where there is no TLS.</summary>
    /// <exception cref="FailureException">The options do not fit each other, or a file cannot be used.</exception>
    public TlsConnectOptions? Read(ParseResult parsed, Uri url, Surroundings surroundings)
    {
        if (url.Scheme != Uri.UriSchemeHttps)
        {
            TlsUse.RefuseWithout(parsed, OfUrls, "Write the URL as https://host/path.");
            return null;
        }

        return ReadTls(parsed, new TlsEndpoint(url.DnsSafeHost, url.Port), _own.Read(parsed), surroundings);
    }

    private TlsConnectOptions ReadTls(
        ParseResult parsed, Endpoint endpoint, OwnCertificate own, Surroundings surroundings)
    {
        own.ThrowIfUnclear();
        RefuseContradictions(parsed, endpoint);
        var authorities = parsed.GetValue(_authorities);
        return new TlsConnectOptions
        {
            Pin = parsed.GetValue(_pin),
            TrustedRoots = authorities is null ? null : Authorities.Load(surroundings.Folder, authorities),
            ServerName = parsed.GetValue(_serverName),
            ApplicationProtocols = parsed.GetValue(_alpn) ?? [],
            Verification = IsInsecure(parsed) ? TlsVerification.InsecureAcceptAnyone : TlsVerification.Full,
            Certificate = own.IsGiven ? own.Load(surroundings.Folder, surroundings.Time, reloadFailed: null) : null,
        };
    }

    private void RefuseContradictions(ParseResult parsed, Endpoint endpoint)
    {
        var hasPin = parsed.GetValue(_pin) is not null;
        if (IsInsecure(parsed) && (hasPin || parsed.GetValue(_authorities) is not null))
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, "--insecure accepts any server: --pin and --ca would be ignored.",
                Next: "Leave --insecure out."));
        }

        if (endpoint is not HostEndpoint && !hasPin && !IsInsecure(parsed) && parsed.GetValue(_serverName) is null)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, $"{endpoint} has no host whose name the server could prove.",
                Next: "Say which name it has with --server-name NAME, or pin its certificate with --pin SHA256."));
        }
    }

    private static string? ParsePin(string text)
    {
        try
        {
            return new TlsConnectOptions { Pin = text }.Pin;
        }
        catch (ArgumentException)
        {
            throw new FormatException("64 hex digits are expected, with or without colons: a SHA-256 fingerprint.");
        }
    }
}
