namespace Switchboard.Bench.Load.Planning;

/// <summary>The command line asks for what there is not.</summary>
internal sealed class UsageException(string message) : Exception(message);
