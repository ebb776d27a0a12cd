namespace Switchboard.Engines.Epoll;

/// <summary>A piece of work for a loop or a lane.</summary>
/// <param name="Work">What to execute.</param>
/// <param name="Source">Whose work it is; null when it is nobody's in particular.</param>
internal readonly record struct Job(IThreadPoolWorkItem Work, IPolled? Source);
