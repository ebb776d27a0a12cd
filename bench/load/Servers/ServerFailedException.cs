using Switchboard.Bench.Load.Kernel;

namespace Switchboard.Bench.Load.Servers;

/// <summary>A server did not start, or ended before its time.</summary>
internal sealed class ServerFailedException(string message) : LoadException(message);
