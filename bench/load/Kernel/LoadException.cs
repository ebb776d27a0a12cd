namespace Switchboard.Bench.Load.Kernel;

/// <summary>One measurement came to nothing; the others may go on.</summary>
internal abstract class LoadException(string message) : Exception(message);
