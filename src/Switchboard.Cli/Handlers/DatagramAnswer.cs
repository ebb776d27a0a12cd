namespace Switchboard.Cli.Handlers;

/// <summary>What a service says to one datagram.</summary>
/// <param name="request">The datagram's bytes; the answer may be written over them.</param>
/// <returns>The answer; null for none.</returns>
internal delegate ReadOnlyMemory<byte>? DatagramAnswer(Memory<byte> request);
