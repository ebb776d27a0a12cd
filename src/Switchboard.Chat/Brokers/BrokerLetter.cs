namespace Switchboard.Chat;

/// <summary>A letter as it came from a broker.</summary>
/// <param name="Number">What the broker knows it by, on the link that it came by.</param>
/// <param name="Body">What was published.</param>
public sealed record BrokerLetter(ulong Number, ReadOnlyMemory<byte> Body);
