using System.Security.Cryptography;
using System.Text.Json;

namespace Switchboard.Cli.Output;

/// <summary>What a TLS handshake agreed on, as people and programs read it.</summary>
internal static class TlsFields
{
    /// <summary>A few words behind the addresses; nothing without TLS.</summary>
    public static string TextOf(TlsDetails? tls)
    {
        var protocol = tls?.ApplicationProtocol is { } chosen ? $", {chosen}" : "";
        var peer = tls?.PeerCertificate is { } certificate ? $", peer {certificate.Subject}" : "";
        return tls is null ? "" : $" ({VersionOf(tls)}{protocol}{peer})";
    }

    /// <summary>Writes a member of its own; nothing without TLS.</summary>
    public static void Write(Utf8JsonWriter json, TlsDetails? tls)
    {
        if (tls is null)
        {
            return;
        }

        json.WriteStartObject("tls");
        json.WriteString("version", VersionOf(tls));
        json.WriteString("cipher", $"{tls.CipherSuite}");
        json.WriteString("alpn", tls.ApplicationProtocol);
        json.WriteString("serverName", tls.ServerName);
        json.WriteString("peerSubject", tls.PeerCertificate?.Subject);
        json.WriteString("peerFingerprint", tls.PeerCertificate?.GetCertHashString(HashAlgorithmName.SHA256));
        json.WriteEndObject();
    }

    // The library speaks these two and no other.
    private static string VersionOf(TlsDetails tls) => $"{tls.Protocol}" == "Tls13" ? "TLS 1.3" : "TLS 1.2";
}
