using System.Net;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Fetching;

/// <summary>Fetches a page into a file, which has its name only when it is complete.</summary>
/// <param name="plan">What to fetch.</param>
/// <param name="file">As it was typed.</param>
/// <param name="surroundings">The terminal, and where relative names start.</param>
/// <param name="caller">Asks for it.</param>
/// <param name="copy">Hands each piece of a body on, and returns how many bytes they had.</param>
internal sealed class Download(
    FetchPlan plan,
    string file,
    Surroundings surroundings,
    Caller caller,
    Func<Answer, Func<ReadOnlyMemory<byte>, ValueTask>, Task<long>> copy)
{
    private static readonly TimeSpan TellInterval = TimeSpan.FromSeconds(1);

    private readonly ProgressLine _line = new(surroundings);
    private long _told = surroundings.Time.GetTimestamp();

    /// <summary>Takes warnings.</summary>
    public required Action<ConsoleEvent> Warn { get; init; }

    /// <summary>Told now and then how far it is; null if nobody asked.</summary>
    public Action<ConsoleEvent>? TellProgress { get; init; }

    /// <summary>Whether there is a terminal to show on how far it is.</summary>
    public bool ShowsProgress { get; init; }

    /// <exception cref="FailureException">It did not come, or cannot be written.</exception>
    public async Task<SavedEvent> RunAsync()
    {
        var path = Path.GetFullPath(file, surroundings.Folder);
        if (File.Exists(path) && new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is { } target)
        {
            path = target.FullName;
        }

        if (Directory.Exists(path))
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, $"{file} is a folder.", Next: "Name the file in it: --output FILE"));
        }

        return path.StartsWith("/dev/", StringComparison.Ordinal) ? await PourAsync(path)
            : plan.Continues && File.Exists(path) && !PartialFile.IsBegun(path) ? await CompareAsync(path)
            : await FetchAsync(path);
    }

    /// <summary>What the name leads to is no file that another could take the place of.</summary>
    private async Task<SavedEvent> PourAsync(string path)
    {
        await using var device = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        await using var answer = await caller.AskAsync(resume: null);
        RefuseUnlessWhole(answer);
        return new SavedEvent(file, await copy(answer, piece => device.WriteAsync(piece)), Resumed: 0);
    }

    /// <summary>Nothing was left unfinished here, so this may be the whole file already.</summary>
    private async Task<SavedEvent> CompareAsync(string path)
    {
        var length = new FileInfo(path).Length;
        await using var answer = await caller.AskAsync(resume: null);
        RefuseUnlessWhole(answer);
        return answer.Length == length
            ? new SavedEvent(file, length, Resumed: length)
            : throw new FailureException(new Failure(
                ExitCode.Failed,
                $"{file} is there, and is not what {answer.Hop.Url} has.",
                $"It has {length} bytes, and no fetch was cut short here; the server has "
                + (answer.Length is { } other ? $"{other}." : "an unknown number."),
                "Leave --continue out to replace it."));
    }

    private async Task<SavedEvent> FetchAsync(string path)
    {
        await using var part = PartialFile.Open(path, plan.Url, plan.Continues);
        var resume = part.ResumePoint;
        var answer = await caller.AskAsync(resume);
        try
        {
            if (resume is not null && answer.Response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                if (answer.Response.Content.Headers.ContentRange?.Length == resume.Bytes)
                {
                    await part.CompleteAsync();
                    return new SavedEvent(file, resume.Bytes, resume.Bytes);
                }

                Warn(new StartedOverEvent("the file has changed since"));
                await answer.DisposeAsync();
                resume = null;
                answer = await caller.AskAsync(resume);
            }

            return await ReceiveAsync(answer, part, resume);
        }
        finally
        {
            await answer.DisposeAsync();
        }
    }

    private async Task<SavedEvent> ReceiveAsync(Answer answer, PartialFile part, ResumePoint? resume)
    {
        var before = await BeginAsync(answer, part, resume);
        var total = before + answer.Length;
        var came = 0L;
        try
        {
            await copy(answer, async piece =>
            {
                await part.WriteAsync(piece);
                came += piece.Length;
                ShowProgress(before + came, came, total);
            });
        }
        finally
        {
            _line.Remove();
        }

        await part.CompleteAsync();
        return new SavedEvent(file, before + came, before);
    }

    /// <returns>How many bytes of an earlier run stay.</returns>
    private async Task<long> BeginAsync(Answer answer, PartialFile part, ResumePoint? resume)
    {
        if (resume is not null && answer.Response.StatusCode == HttpStatusCode.PartialContent)
        {
            RefuseOtherRange(answer, resume);
            part.SeekEnd();
            return resume.Bytes;
        }

        RefuseUnlessWhole(answer);
        var validator = plan.Compressed ? null : ResumePoint.ValidatorOf(answer.Response);
        if (resume is not null)
        {
            Warn(new StartedOverEvent(validator == resume.Validator
                ? "the server does not send parts of files"
                : "the file has changed since"));
        }

        await part.RestartAsync(validator);
        return 0;
    }

    private static void RefuseUnlessWhole(Answer answer)
    {
        if (!answer.IsSuccess)
        {
            throw FetchFailures.FromStatus(answer, "Nothing was saved. See what it says: leave --output out.");
        }

        if (answer.Response.StatusCode == HttpStatusCode.PartialContent)
        {
            throw new FailureException(new Failure(
                ExitCode.Failed, $"{answer.Hop.Url} answered with a part of the file.", "Nobody had asked for one."));
        }
    }

    private static void RefuseOtherRange(Answer answer, ResumePoint resume)
    {
        var range = answer.Response.Content.Headers.ContentRange;
        var isLast = range is { HasRange: true } && range.From == resume.Bytes
            && (range.Length is null || range.To == range.Length - 1);
        var tag = answer.Response.Headers.ETag?.Tag;
        if (!isLast || (tag is not null && resume.Validator.StartsWith('"') && tag != resume.Validator))
        {
            throw new FailureException(new Failure(
                ExitCode.Failed,
                $"{answer.Hop.Url} answered with another part than the one asked for.",
                $"Asked for what is behind byte {resume.Bytes} of the file {resume.Validator}, got "
                + $"'{range}' of {tag ?? "a file without a tag"}.",
                "Leave --continue out to fetch all of it."));
        }
    }

    private void ShowProgress(long here, long came, long? total)
    {
        if (ShowsProgress)
        {
            _line.Show(here, came, total);
        }

        if (TellProgress is { } tell && surroundings.Time.GetElapsedTime(_told) >= TellInterval)
        {
            _told = surroundings.Time.GetTimestamp();
            tell(new ProgressEvent(here, total));
        }
    }
}
