namespace Switchboard.Files.Protocol;

/// <summary>What the receiver has of one file.</summary>
/// <param name="Index">Which entry of the offer.</param>
/// <param name="Kind">How much.</param>
/// <param name="Bytes">How many bytes it has.</param>
/// <param name="Digest">The SHA-256 of these, if it is a part; otherwise zeros.</param>
internal sealed record Answer(int Index, AnswerKind Kind, long Bytes, byte[] Digest);
