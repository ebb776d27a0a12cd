namespace Switchboard.Engines.Epoll;

/// <summary>What a thread of the crew does next: it runs a loop, or a job on a lane.</summary>
/// <param name="Loop">The loop; null for a job.</param>
/// <param name="Word">By which the thread owns the loop.</param>
/// <param name="Job">The job, if there is no loop.</param>
internal readonly record struct Assignment(EventLoop? Loop, LoopWord Word, Job Job);
