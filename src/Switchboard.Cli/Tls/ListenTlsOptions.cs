using System.CommandLine;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Options;

namespace Switchboard.Cli.Tls;

/// <summary>The options of TLS for whoever listens.</summary>
internal sealed class ListenTlsOptions
{
    private readonly Option<bool> _tls = TextOption.Flag(
        "--tls", "Speak TLS, over any kind of endpoint; tls://host:port does so by itself");

    private readonly Option<bool> _selfSigned = TextOption.Flag(
        "--self-signed", "Make a certificate for this machine, and tell the fingerprint that clients can pin");

    private readonly Option<string?> _clients = CertificateOptions.File(
        "--client-ca", "Accept only clients whose certificate rests on an authority in this PEM file");

    private readonly Option<IReadOnlyList<string>?> _alpn = TextOption.Create(
        "--alpn", "NAMES", "Understand these application protocols, best first: h2,http/1.1", AlpnText.Parse);

    private readonly CertificateOptions _own = new(OptionNames.Plain);

    /// <summary>In the order of the help.</summary>
    public IEnumerable<Option> All => [.. WithoutProtocols, _alpn];

    /// <summary>For services whose protocol is known.</summary>
    public IEnumerable<Option> WithoutProtocols => [_tls, .. _own.All, _selfSigned, _clients];

    public IEnumerable<JoinedRow> Joined => _own.Joined;

    /// <summary>What was asked for of one of several endpoints: where some are tls://, others speak no TLS.</summary>
    /// <exception cref="FailureException">The options do not fit each other.</exception>
    public ListenTls? Read(ParseResult parsed, Endpoint endpoint, IEnumerable<Endpoint> all) =>
        endpoint is not TlsEndpoint && !parsed.GetValue(_tls) && all.Any(each => each is TlsEndpoint)
            ? null
            : Read(parsed, endpoint);

    /// <summary>What was asked for; null for no TLS.</summary>
    /// <exception cref="FailureException">The options do not fit each other.</exception>
    public ListenTls? Read(ParseResult parsed, Endpoint endpoint)
    {
        if (endpoint is not TlsEndpoint && !parsed.GetValue(_tls))
        {
            TlsUse.RefuseWithout(parsed, All, _tls);
            return null;
        }

        TlsUse.RefuseDatagrams(endpoint, _tls);
        var own = _own.Read(parsed) with { IsSelfSigned = parsed.GetValue(_selfSigned) };
        own.ThrowIfUnclear();
        return own.IsGiven
            ? new ListenTls(own, parsed.GetValue(_clients), parsed.GetValue(_alpn) ?? [])
            : throw new FailureException(new Failure(
                ExitCode.Usage,
                $"{endpoint} needs a certificate to speak TLS with.",
                Next: "Use --cert FILE and --key FILE, or --pfx FILE; --self-signed makes one for this machine."));
    }
}
