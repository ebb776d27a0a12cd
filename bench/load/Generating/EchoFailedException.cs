using Switchboard.Bench.Load.Kernel;

namespace Switchboard.Bench.Load.Generating;

/// <summary>A server did not send back what it was sent, so that its figures mean nothing.</summary>
internal sealed class EchoFailedException(string message) : LoadException(message);
