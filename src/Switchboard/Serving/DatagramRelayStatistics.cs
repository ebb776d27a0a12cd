namespace Switchboard;

/// <summary>What a <see cref="DatagramRelay"/> has done so far.</summary>
/// <param name="Open">Addresses that it works for now.</param>
/// <param name="Opened">Addresses that it has worked for; one that came back counts again.</param>
/// <param name="Received">Datagrams received from them.</param>
/// <param name="Sent">Datagrams sent to them.</param>
/// <param name="Dropped">Datagrams, in either direction, that were not passed on.</param>
public sealed record DatagramRelayStatistics(int Open, long Opened, long Received, long Sent, long Dropped);
