namespace Switchboard;

/// <summary>What a listener has done so far.</summary>
/// <param name="Accepted">Connections handed out.</param>
/// <param name="PassedOver">Peers that were gone before they could be accepted, or failed their TLS handshake.</param>
/// <param name="Pauses">How often accepting paused because descriptors or memory had run out.</param>
public sealed record ListenerStatistics(long Accepted, long PassedOver, long Pauses);
