using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace Switchboard.Transports.Tls;

/// <summary>What can be wrong with a peer's certificate, in words.</summary>
internal static class PeerProblems
{
    private const X509ChainStatusFlags WrongTime =
        X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.CtlNotTimeValid;

    private const X509ChainStatusFlags NoTrust =
        X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain
        | X509ChainStatusFlags.ExplicitDistrust;

    private const X509ChainStatusFlags NoAnswer =
        X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;

    public static PeerProblem NoCertificate { get; } = new(
        TlsFailure.NoClientCertificate,
        "the client sent no certificate, and only clients with one are accepted here; give the client a certificate");

    public static PeerProblem PinMismatch(string pinned, string seen) => new(
        TlsFailure.PinMismatch,
        $"its certificate is not the pinned one: pinned is {pinned}, it showed {seen}; if the server was given a new "
        + "certificate, ask whoever runs it for the new fingerprint");

    public static PeerProblem WrongHost(string? name, X509Certificate2 certificate) => new(
        TlsFailure.WrongHost,
        $"its certificate is not for {name} but for {NamesIn(certificate)}; connect to one of its names, or say which "
        + "name is meant");

    public static PeerProblem OfChain(X509Certificate2 certificate, X509Chain? chain, DateTimeOffset now)
    {
        var elements = chain?.ChainElements.ToList() ?? [];
        var all = elements.SelectMany(element => element.ChainElementStatus)
            .Concat(chain?.ChainStatus ?? [])
            .Aggregate(X509ChainStatusFlags.NoError, (flags, each) => flags | each.Status);
        return all switch
        {
            _ when (all & WrongTime) != 0 => OfTime(elements, now),
            _ when (all & X509ChainStatusFlags.Revoked) != 0 => new(
                TlsFailure.Revoked, "its certificate was revoked; whoever runs it has to get a new one"),
            _ when (all & X509ChainStatusFlags.HasWeakSignature) != 0 => Weak,
            _ when (all & NoTrust) != 0 => OfTrust(certificate),
            _ when (all & X509ChainStatusFlags.NotValidForUsage) != 0 => new(
                TlsFailure.WrongUsage,
                "its certificate is for another purpose; a server's and a client's certificate each have to say so"),
            _ when (all & NoAnswer) != 0 => new(
                TlsFailure.RevocationUnknown,
                "nobody answered whether its certificate was revoked; try again, or do not ask for revocation"),
            _ => new(TlsFailure.Other, $"its certificate is not valid: {all}"),
        };
    }

    public static PeerProblem Weak { get; } = new(
        TlsFailure.Weak, "a key or a signature in its chain is too weak; it needs a new certificate");

    private static PeerProblem OfTime(List<X509ChainElement> elements, DateTimeOffset now)
    {
        var wrong = elements.Select(element => element.Certificate)
            .FirstOrDefault(each => each.NotAfter.ToUniversalTime() < now || each.NotBefore.ToUniversalTime() > now)
            ?? elements[0].Certificate;
        var whose = wrong == elements[0].Certificate ? "its certificate" : $"the certificate of {wrong.Subject}";
        return wrong.NotBefore.ToUniversalTime() > now
            ? new(
                TlsFailure.NotYetValid,
                $"{whose} is not valid before {Show(wrong.NotBefore)}; wait, or check this machine's clock")
            : new(
                TlsFailure.Expired,
                $"{whose} expired on {Show(wrong.NotAfter)}; it has to be renewed, or this machine's clock is wrong");
    }

    private static PeerProblem OfTrust(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)
            ? new(
                TlsFailure.SelfSigned,
                "its certificate vouches for itself; if it is the right one, pin its fingerprint "
                + Fingerprints.Of(certificate))
            : new(
                TlsFailure.UnknownAuthority,
                $"its certificate was issued by {certificate.Issuer}, which is not trusted here; trust that authority "
                + "if it is yours, or check that the peer sends its intermediate certificates");

    private static string NamesIn(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(each => each.EnumerateDnsNames()
                .Concat(each.EnumerateIPAddresses().Select(address => $"{address}")))
            .ToList();
        return names.Count > 0 ? string.Join(", ", names) : certificate.Subject;
    }

    private static string Show(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
