using Switchboard.Bench.Load.Kernel;

namespace Switchboard.Bench.Load.Generating;

/// <summary>wrk did not run, or requests failed.</summary>
internal sealed class WrkFailedException(string message) : LoadException(message);
