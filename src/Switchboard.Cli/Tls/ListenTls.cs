using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Tls;

/// <summary>How to speak TLS to clients, as it was asked for.</summary>
/// <param name="Own">Who this end is.</param>
/// <param name="ClientAuthoritiesFile">Whose clients alone are accepted; everybody if null.</param>
/// <param name="ApplicationProtocols">What is understood, best first.</param>
internal sealed record ListenTls(
    OwnCertificate Own,
    string? ClientAuthoritiesFile,
    IReadOnlyList<string> ApplicationProtocols)
{
    /// <summary>Reads the files, and tells what whoever connects has to know.</summary>
    /// <exception cref="Failures.FailureException">A file cannot be used.</exception>
    public TlsListenOptions Load(Surroundings surroundings, EventLog log)
    {
        var certificate = Own.Load(
            surroundings.Folder, surroundings.Time, error => log.Write(new ReloadFailedEvent(error.Message)));
        if (Own.IsSelfSigned)
        {
            log.Write(new SelfSignedEvent(certificate.Fingerprint));
        }

        return new TlsListenOptions
        {
            Certificates = [certificate],
            ClientRoots = ClientAuthoritiesFile is { } file ? Authorities.Load(surroundings.Folder, file) : null,
            ApplicationProtocols = ApplicationProtocols,
            HandshakeFailed = error => log.Write(new HandshakeFailedEvent(error.Remote, error.Problem)),
        };
    }
}
