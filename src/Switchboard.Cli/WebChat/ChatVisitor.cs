using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Switchboard.Cli.WebChat;

/// <summary>Who has opened a WebSocket, as far as the connection tells.</summary>
/// <param name="Host">The address, as it can stand in a line.</param>
/// <param name="IsEncrypted">Whether nobody between the two ends can read along.</param>
/// <param name="Certificate">The SHA-256 of its certificate, in lower-case hexadecimal; null if it showed none.</param>
internal sealed record ChatVisitor(string Host, bool IsEncrypted, string? Certificate)
{
    public static ChatVisitor Of(HttpContext http) => new(
        HostOf(http.Connection),
        http.Request.IsHttps,
        http.Connection.ClientCertificate is { } certificate
            ? Convert.ToHexStringLower(SHA256.HashData(certificate.RawDataMemory.Span))
            : null);

    private static string HostOf(ConnectionInfo connection)
    {
        if (connection.RemoteIpAddress is not { } address)
        {
            return "localhost";
        }

        // A colon in front would begin the last parameter of a line.
        var host = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        return host.StartsWith(':') ? "0" + host : host;
    }
}
