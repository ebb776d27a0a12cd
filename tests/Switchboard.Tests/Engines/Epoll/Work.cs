namespace Switchboard.Tests.Engines.Epoll;

/// <summary>A piece of work for a loop or a lane.</summary>
internal sealed class Work(Action execute) : IThreadPoolWorkItem
{
    public void Execute() => execute();
}
