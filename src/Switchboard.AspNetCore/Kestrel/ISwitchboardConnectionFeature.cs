namespace Switchboard.AspNetCore;

/// <summary>
/// The connection that Kestrel talks over, for its statistics and <see cref="Connection.PeerCredentials"/>. There is no
/// socket to hand out, and so no <c>IConnectionSocketFeature</c>.
/// </summary>
public interface ISwitchboardConnectionFeature
{
    /// <summary>Kestrel receives and sends; nobody else may.</summary>
    Connection Connection { get; }
}
