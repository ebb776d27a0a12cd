using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Switchboard.AspNetCore.Handlers;

/// <summary>What Kestrel's handshake agreed on, in our words.</summary>
internal static class TlsOfKestrel
{
    /// <returns>Null where there was none.</returns>
    public static TlsDetails? Read(IFeatureCollection features)
    {
        if (features.Get<ITlsHandshakeFeature>() is not { } handshake)
        {
            return null;
        }

        var protocol = features.Get<ITlsApplicationProtocolFeature>()?.ApplicationProtocol ?? default;
        return new TlsDetails(
            handshake.Protocol,
            handshake.NegotiatedCipherSuite ?? default,
            protocol.IsEmpty ? null : Encoding.ASCII.GetString(protocol.Span),
            features.Get<ISslStreamFeature>()?.SslStream.TargetHostName is { Length: > 0 } name ? name : null,
            features.Get<ITlsConnectionFeature>()?.ClientCertificate);
    }
}
