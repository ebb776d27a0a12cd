namespace Switchboard.Transports.Tls;

/// <summary>Why the peer is not taken for who it should be.</summary>
/// <param name="Failure">The kind.</param>
/// <param name="Sentence">What is wrong, and what would help.</param>
internal sealed record PeerProblem(TlsFailure Failure, string Sentence);
