namespace Switchboard;

/// <summary>What a server has done so far.</summary>
/// <param name="Open">Connections that are open now, or whose handlers have not returned yet.</param>
/// <param name="Accepted">Connections accepted, those refused since included.</param>
/// <param name="Refused">Connections reset because their address had too many.</param>
/// <param name="HandlersFailed">Handlers that threw an exception that no peer caused.</param>
/// <param name="BytesReceived">Bytes received on all connections, open ones included.</param>
/// <param name="BytesSent">Bytes sent on all connections, open ones included.</param>
public sealed record ServerStatistics(
    int Open,
    long Accepted,
    long Refused,
    long HandlersFailed,
    long BytesReceived,
    long BytesSent);
