namespace Switchboard.Cli.Failures;

/// <summary>Why there is no TLS with a peer.</summary>
internal static class TlsFailures
{
    public static Failure Explain(TlsException error) => new(
        ExitCodeOf(error),
        $"no TLS with {error.Remote}.",
        $"{char.ToUpperInvariant(error.Problem[0])}{error.Problem[1..]}.",
        NextFor(error.Failure));

    private static int ExitCodeOf(TlsException error) => error.Failure switch
    {
        TlsFailure.Other or TlsFailure.NotTls or TlsFailure.NothingInCommon or TlsFailure.NoApplicationProtocol
            or TlsFailure.RefusedByPeer or TlsFailure.EndedByPeer =>
            error.Operation == "handshake" ? ExitCode.Unreachable : ExitCode.Failed,
        _ => ExitCode.NotTrusted,
    };

    private static string? NextFor(TlsFailure failure) => failure switch
    {
        TlsFailure.SelfSigned => "If the fingerprint is the right one: --pin SHA256. Or trust a file: --ca FILE",
        TlsFailure.UnknownAuthority => "Trust the authority with --ca FILE, or this certificate with --pin SHA256.",
        TlsFailure.WrongHost => "Say which name is meant with --server-name NAME.",
        TlsFailure.NoClientCertificate => "Show a certificate with --cert FILE and --key FILE, or --pfx FILE.",
        TlsFailure.NotTls => "Write tcp://host:port, without --tls, or find the port for TLS.",
        TlsFailure.NoApplicationProtocol => "Offer another one with --alpn NAMES.",
        _ => null,
    };
}
