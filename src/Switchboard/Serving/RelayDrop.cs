namespace Switchboard;

/// <summary>A datagram that a relay did not pass on.</summary>
/// <param name="From">Where it came from.</param>
/// <param name="To">Where it should have gone.</param>
/// <param name="Bytes">How long it was; null where that is not known any more.</param>
/// <param name="Reason">Why, for programs.</param>
/// <param name="Problem">Why, for people.</param>
public sealed record RelayDrop(Endpoint From, Endpoint To, int? Bytes, RelayDropReason Reason, string Problem);
