using Switchboard.Bench.Load.Kernel;

namespace Switchboard.Bench.Load.Generating;

/// <summary>A chat server let nobody in, fell silent, or let somebody go.</summary>
internal sealed class ChatFailedException(string message) : LoadException(message);
