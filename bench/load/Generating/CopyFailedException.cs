using Switchboard.Bench.Load.Kernel;

namespace Switchboard.Bench.Load.Generating;

/// <summary>A file did not arrive.</summary>
internal sealed class CopyFailedException(string message) : LoadException(message);
