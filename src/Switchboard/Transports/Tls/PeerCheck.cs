using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Switchboard.Transports.Tls;

/// <summary>Decides once whether the peer's certificate will do, and keeps what is wrong with it.</summary>
internal sealed class PeerCheck
{
    private readonly string? _pin;
    private readonly string? _name;
    private readonly bool _acceptsAnyone;
    private readonly DateTimeOffset _now;

    private PeerCheck(
        X509Certificate2Collection? roots,
        X509RevocationMode revocation,
        TimeProvider time,
        TlsConnectOptions? ofServer = null,
        string? name = null)
    {
        _pin = ofServer?.Pin;
        _acceptsAnyone = ofServer?.Verification == TlsVerification.InsecureAcceptAnyone;
        _name = name;
        _now = time.GetUtcNow();
        Policy = new X509ChainPolicy
        {
            RevocationMode = revocation,
            VerificationTime = _now.UtcDateTime,

            // A peer could have this process ask any address that it writes into its certificate.
            DisableCertificateDownloads = true,
        };
        if (roots is not null)
        {
            Policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            Policy.CustomTrustStore.AddRange(roots);
        }
    }

    public X509ChainPolicy Policy { get; }

    /// <summary>What is wrong with the peer; null if nothing is, or it was not looked at.</summary>
    public PeerProblem? Problem { get; private set; }

    public static PeerCheck OfServer(TlsConnectOptions options, string? name, TimeProvider time) =>
        new(options.TrustedRoots, options.Revocation, time, options, name);

    public static PeerCheck OfClient(TlsListenOptions options, TimeProvider time) =>
        new(options.ClientRoots, options.Revocation, time);

    public bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Problem = _acceptsAnyone ? null : Look(certificate as X509Certificate2, chain, errors);
        return Problem is null;
    }

    private PeerProblem? Look(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return PeerProblems.NoCertificate;
        }

        if (_pin is not null)
        {
            var fingerprint = Fingerprints.Of(certificate);
            return fingerprint == _pin ? null : PeerProblems.PinMismatch(_pin, fingerprint);
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            return PeerProblems.OfChain(certificate, chain, _now);
        }

        if (WeakLinks.AreIn(chain))
        {
            return PeerProblems.Weak;
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? PeerProblems.WrongHost(_name, certificate)
            : null;
    }
}
