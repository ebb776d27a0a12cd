using Switchboard.Board.Lessons;

namespace Switchboard.Board.Lab;

/// <summary>Plays a lesson from its first step to its last, and finds out whether it keeps its promises.</summary>
/// <param name="run">A run that has just begun.</param>
/// <param name="time">The clock.</param>
internal sealed class LessonPlayer(LessonRun run, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(1);

    private readonly Dictionary<int, CallSight> _calls = [];
    private int _read;
    private int _told;

    /// <summary>
    /// How long a promise is waited for. Only a broken one takes so long: what is promised happens at once, or after a
    /// second or two. Default 30 seconds.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Makes the next steps as the lesson has them, as far as they are to be made without being shown.
    /// </summary>
    public async Task PrepareAsync(CancellationToken stop)
    {
        for (var index = 0; index < run.Lesson.Prepared && run.Lesson.Steps[index].Actor != run.Yours; index++)
        {
            await PlayStepAsync(index, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Plays all of it.</summary>
    /// <param name="told">Called for every event as it happens.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The first promise that was broken; null if all were kept.</returns>
    public async Task<string?> PlayAsync(Action<LabEvent> told, CancellationToken stop)
    {
        for (var index = 0; index < run.Lesson.Steps.Count; index++)
        {
            var problem = await PlayStepAsync(index, stop).ConfigureAwait(false);
            Tell(told);
            if (problem is not null)
            {
                return $"steps[{index}]: {problem}";
            }
        }

        return await FindBrokenInTheEndAsync(told, stop).ConfigureAwait(false);
    }

    private async Task<string?> PlayStepAsync(int index, CancellationToken stop)
    {
        var step = run.Lesson.Steps[index];
        if (!await UntilAsync(() => run.NextOf(step.Actor) == index, stop).ConfigureAwait(false))
        {
            return $"{step.Actor} does not get there: it waits in an earlier call.";
        }

        run.Step(step.Actor);
        Read();
        var promise = step.Promise ?? new LessonPromise();
        var came = await UntilAsync(() => _calls.ContainsKey(index), stop).ConfigureAwait(false);
        if (promise.Blocks)
        {
            return came && _calls[index].Waits
                ? await FindBrokenInKernelAsync(promise, stop).ConfigureAwait(false)
                : $"{TextOf(index)} does not wait.";
        }

        if (!await UntilAsync(() => HasReturned(index), stop).ConfigureAwait(false))
        {
            return $"{TextOf(index)} waits.";
        }

        return PromiseCheck.ProblemOf(promise, _calls[index])
            ?? await FindBrokenInKernelAsync(promise, stop).ConfigureAwait(false);
    }

    private async Task<string?> FindBrokenInKernelAsync(LessonPromise promise, CancellationToken stop) =>
        await UntilAsync(() => PromiseCheck.ProblemOf(promise, run.Kernel) is null, stop).ConfigureAwait(false)
            ? null
            : PromiseCheck.ProblemOf(promise, run.Kernel);

    private async Task<string?> FindBrokenInTheEndAsync(Action<LabEvent> told, CancellationToken stop)
    {
        foreach (var (step, index) in run.Lesson.Steps.Select((step, index) => (step, index)))
        {
            if (step.Promise is not { Blocks: true } promise)
            {
                continue;
            }

            var ends = promise.Result is not null || promise.Error is not null;
            if (ends && !await UntilAsync(() => HasReturned(index), stop).ConfigureAwait(false))
            {
                return $"steps[{index}]: {TextOf(index)} waits still.";
            }

            Tell(told);
            if (!ends && HasReturned(index))
            {
                return $"steps[{index}]: {_calls[index].Text} has returned, and was to wait.";
            }

            if (ends && PromiseCheck.ProblemOf(promise, _calls[index]) is { } problem)
            {
                return $"steps[{index}]: {problem}";
            }
        }

        return null;
    }

    private string TextOf(int index) => _calls.TryGetValue(index, out var call)
        ? call.Text
        : $"The call of {run.Lesson.Steps[index].Actor}, which never came,";

    private bool HasReturned(int index) => _calls.GetValueOrDefault(index) is { Value: not null };

    private async Task<bool> UntilAsync(Func<bool> condition, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        while (!condition())
        {
            if (time.GetElapsedTime(began) > Patience)
            {
                return false;
            }

            await Task.Delay(Between, time, stop).ConfigureAwait(false);
            run.Advance();
            Read();
        }

        return true;
    }

    private void Tell(Action<LabEvent> told)
    {
        for (; _told < run.Log.Count; _told++)
        {
            told(run.Log[_told]);
        }
    }

    // What has become of each step, as far as it was told.
    private void Read()
    {
        for (; _read < run.Log.Count; _read++)
        {
            if (run.Log[_read].Call is { Step: { } step } call)
            {
                _calls[step] = call;
            }
        }
    }
}
