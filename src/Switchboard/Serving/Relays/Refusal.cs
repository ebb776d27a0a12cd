namespace Switchboard.Serving.Relays;

/// <summary>Why an end did not take a datagram.</summary>
/// <param name="Reason">For programs.</param>
/// <param name="Problem">For people: what was expected.</param>
internal sealed record Refusal(RelayDropReason Reason, string Problem);
