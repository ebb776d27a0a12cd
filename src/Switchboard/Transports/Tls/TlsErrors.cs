using System.Security.Cryptography;
using System.Text;

namespace Switchboard.Transports.Tls;

/// <summary>What an exception of <see cref="System.Net.Security.SslStream"/> means: the one table for TLS.</summary>
internal static class TlsErrors
{
    // OpenSSL packs the library and the reason into one number, and tells alerts of the peer as reasons.
    private const int ReasonMask = 0x7FFFFF;
    private const int FirstAlertReason = 1000;

    public static PeerProblem EndedEarly { get; } = new(
        TlsFailure.EndedByPeer,
        "the peer ended the connection in the middle of the handshake; it may not speak TLS, or refuse this end");

    /// <summary>What the wire below threw, or null if it was TLS that failed.</summary>
    public static Exception? FromBelow(Exception error)
    {
        for (var each = error; each is not null; each = each.InnerException)
        {
            if (each is ConnectionException or OperationCanceledException or ObjectDisposedException)
            {
                return each;
            }
        }

        return null;
    }

    /// <summary>What TLS itself says.</summary>
    /// <param name="error">Thrown by it.</param>
    /// <param name="opening">What the peer sent first.</param>
    public static PeerProblem Explain(Exception error, ReadOnlySpan<byte> opening)
    {
        if (!opening.IsEmpty && !IsTls(opening))
        {
            return new(
                TlsFailure.NotTls,
                $"the peer does not speak TLS: it began with {Show(opening)}; use an endpoint without TLS, or another "
                + "port");
        }

        var reason = ReasonOf(error);
        return reason >= FirstAlertReason ? FromAlert(reason - FirstAlertReason) : FromReason(reason, error);
    }

    // The first byte of a record: change_cipher_spec, alert, handshake or application data; and version 3.x behind it.
    private static bool IsTls(ReadOnlySpan<byte> opening) =>
        opening[0] is >= 20 and <= 23 && (opening.Length == 1 || opening[1] == 3);

    private static PeerProblem FromAlert(int alert) => alert switch
    {
        70 => NothingInCommon("the peer refuses this end's versions of TLS (1.2 and 1.3)"),
        116 => new(
            TlsFailure.NoClientCertificate,
            "the peer accepts only clients with a certificate; this end needs one that the peer trusts"),
        120 => new(
            TlsFailure.NoApplicationProtocol,
            "the peer understands none of the application protocols (ALPN) that were offered; offer another one"),
        _ => new(
            TlsFailure.RefusedByPeer,
            $"the peer refused: {NameOf(alert)} (alert {alert}); its log says more"),
    };

    private static PeerProblem FromReason(int reason, Exception error) => reason switch
    {
        // Names in OpenSSL: unsupported protocol, wrong version number, version too low.
        258 or 267 or 396 => NothingInCommon("the peer speaks no version of TLS that is allowed here (1.2 and 1.3)"),
        193 => NothingInCommon("the ends have no cipher in common"),
        235 => new(
            TlsFailure.NoApplicationProtocol,
            "the peer offers none of the application protocols (ALPN) that are understood here"),

        // Key or digest of the peer's certificate, or of an authority.
        397 or 398 or 399 => PeerProblems.Weak,
        _ => new(TlsFailure.Other, $"the handshake or its bytes are wrong: {Innermost(error)}"),
    };

    private static PeerProblem NothingInCommon(string what) => new(
        TlsFailure.NothingInCommon, $"{what}; bring the older end up to date");

    private static int ReasonOf(Exception error)
    {
        for (var each = error; each is not null; each = each.InnerException)
        {
            if (each is CryptographicException { HResult: > 0 } openSsl)
            {
                return openSsl.HResult & ReasonMask;
            }
        }

        return 0;
    }

    private static string Innermost(Exception error) => error.GetBaseException().Message;

    private static string NameOf(int alert) => alert switch
    {
        40 => "handshake failure",
        42 => "bad certificate",
        43 => "unsupported certificate",
        44 => "certificate revoked",
        45 => "certificate expired",
        46 => "certificate unknown",
        48 => "unknown authority",
        49 => "access denied",
        51 => "decrypt error",
        71 => "insufficient security",
        80 => "internal error",
        112 => "unrecognized name",
        _ => "an alert",
    };

    private static string Show(ReadOnlySpan<byte> opening)
    {
        var text = new StringBuilder("\"");
        foreach (var each in opening)
        {
            text.Append(each is >= (byte)' ' and < 127 and not (byte)'"' ? (char)each : '.');
        }

        return text.Append('"').ToString();
    }
}
