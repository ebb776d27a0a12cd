namespace Switchboard.Bench.Bank;

/// <summary>What came of asking for some seconds.</summary>
internal sealed record Sample(double PerSecond, double P50Milliseconds, double P99Milliseconds)
{
    /// <summary>Has so many work at the same time, each one transfer after the other.</summary>
    public static async Task<Sample> TakeAsync(int atOnce, TimeSpan length, Func<int, Task> work)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();

        // A thread each: a loop that blocks keeps nobody else from beginning.
        var took = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(worker => Task.Factory.StartNew(
            () => LoopAsync(worker),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
        var elapsed = time.GetElapsedTime(start).TotalSeconds;
        double[] all = [.. took.SelectMany(times => times).Order()];

        return new Sample(all.Length / elapsed, all[all.Length / 2], all[all.Length * 99 / 100]);

        async Task<List<double>> LoopAsync(int worker)
        {
            var times = new List<double>();
            while (time.GetElapsedTime(start) < length)
            {
                var begun = time.GetTimestamp();
                await work(worker);
                times.Add(time.GetElapsedTime(begun).TotalMilliseconds);
            }

            return times;
        }
    }
}
