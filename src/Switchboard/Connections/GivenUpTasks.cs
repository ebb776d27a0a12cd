namespace Switchboard.Connections;

/// <summary>Tasks that go on after their caller has stopped waiting for them.</summary>
internal static class GivenUpTasks
{
    /// <summary>Keeps a failure that nobody waits for any more from being reported as forgotten.</summary>
    public static void MayBeGivenUp(this Task task) => task.ContinueWith(
        static failed => _ = failed.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
