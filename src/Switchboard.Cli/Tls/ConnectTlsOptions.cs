using System.CommandLine;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Options;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Tls;

/// <summary>The options of TLS for whoever connects.</summary>
/// <param name="names">How they begin.</param>
internal sealed class ConnectTlsOptions(OptionNames names)
{
    private readonly Option<bool> _tls = TextOption.Flag(
        names.Of("tls"), names.About("Speak TLS, over any kind of endpoint; tls://host:port does so by itself"));

    private readonly Option<string?> _pin = TextOption.Create(
        names.Of("pin"), "SHA256",
        names.About("The server must have exactly the certificate with this fingerprint"), ParsePin);

    private readonly Option<string?> _authorities = CertificateOptions.File(
        names.Of("ca"), names.About("Trust the authorities in this PEM file instead of the system's"));

    private readonly Option<string?> _serverName = TextOption.Create(
        names.Of("server-name"), "NAME",
        names.About("The name that the server has to prove (default: the endpoint's host)"), text => text);

    private readonly Option<IReadOnlyList<string>?> _alpn = TextOption.Create(
        names.Of("alpn"), "NAMES",
        names.About("Offer these application protocols, best first: h2,http/1.1"), AlpnText.Parse);

    private readonly Option<bool> _insecure = TextOption.Flag(
        names.Of("insecure"),
        names.About("Accept any server, so that whoever is on the way can read and change everything"));

    private readonly CertificateOptions _own = new(names);

    /// <summary>In the order of the help.</summary>
    public IEnumerable<Option> All => [_tls, _pin, _authorities, _serverName, _alpn, _insecure, .. _own.All];

    /// <summary>Those that are left where a URL says whether there is TLS, and in which protocol.</summary>
    public IEnumerable<Option> OfUrls => [_pin, _authorities, _serverName, _insecure, .. _own.All];

    public IEnumerable<JoinedRow> Joined =>
    [
        new(names.About("Trust only the certificate of this fingerprint, or authorities in this file"),
            _pin, _authorities),
        .. _own.Joined,
    ];

    /// <summary>The warning that is due; null where the server has to prove who it is.</summary>
    public InsecureEvent? WarningFor(ParseResult parsed, Endpoint endpoint) => IsInsecure(parsed)
        ? new InsecureEvent(endpoint, _insecure.Name, $"{_pin.Name} or {_authorities.Name}")
        : null;

    /// <summary>What was asked for; null for no TLS.</summary>
    /// <exception cref="FailureException">The options do not fit each other, or a file cannot be used.</exception>
    public TlsConnectOptions? Read(ParseResult parsed, Endpoint endpoint, Surroundings surroundings)
    {
        var own = _own.Read(parsed);
        if (endpoint is not TlsEndpoint && !parsed.GetValue(_tls))
        {
            TlsUse.RefuseWithout(parsed, All, _tls);
            return null;
        }

        TlsUse.RefuseDatagrams(endpoint, _tls);
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

    private bool IsInsecure(ParseResult parsed) => parsed.GetValue(_insecure);

    private void RefuseContradictions(ParseResult parsed, Endpoint endpoint)
    {
        var hasPin = parsed.GetValue(_pin) is not null;
        if (IsInsecure(parsed) && (hasPin || parsed.GetValue(_authorities) is not null))
        {
            throw new FailureException(new Failure(
                ExitCode.Usage,
                $"{_insecure.Name} accepts any server: {_pin.Name} and {_authorities.Name} would be ignored.",
                Next: $"Leave {_insecure.Name} out."));
        }

        if (endpoint is not HostEndpoint && !hasPin && !IsInsecure(parsed) && parsed.GetValue(_serverName) is null)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, $"{endpoint} has no host whose name the server could prove.",
                Next: $"Say which name it has with {_serverName.Name} NAME, or pin its certificate with {_pin.Name} "
                    + "SHA256."));
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
