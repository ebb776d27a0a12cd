using System.Globalization;
using Switchboard.Cli.Options;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;
using Switchboard.Files;

namespace Switchboard.Cli.Transfers;

/// <summary>
/// Shows how far a transfer is: a bar on a terminal, now and then an event with <c>--json</c>, and nothing in a pipe.
/// Told by one thread after the other.
/// </summary>
internal sealed class ProgressView(EventLog log, Surroundings surroundings) : IProgress<TransferProgress>
{
    private const int BarColumns = 24;
    private const int LeastName = 8;

    private static readonly TimeSpan ForPeople = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ForPrograms = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(3);

    private readonly bool _isForPrograms = log.Format == EventFormat.Json;
    private long _shownAt = surroundings.Time.GetTimestamp();
    private long _shownBytes = -1;
    private double _bytesPerSecond;

    public void Report(TransferProgress value)
    {
        if (!_isForPrograms && !surroundings.Terminals.HasFlag(Terminals.Error))
        {
            return;
        }

        var now = surroundings.Time.GetTimestamp();
        var elapsed = surroundings.Time.GetElapsedTime(_shownAt, now);
        if (_shownBytes < 0 || value.BytesDone < _shownBytes)
        {
            // The first one, or that of another attempt.
            (_shownAt, _shownBytes) = (now, value.BytesDone);
        }
        else if (elapsed >= (_isForPrograms ? ForPrograms : ForPeople))
        {
            Smooth((value.BytesDone - _shownBytes) / elapsed.TotalSeconds, elapsed);
            (_shownAt, _shownBytes) = (now, value.BytesDone);
            Show(value);
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void End() => log.SayForNow("");

    private void Smooth(double rate, TimeSpan elapsed)
    {
        var weight = _bytesPerSecond == 0 ? 1 : Math.Min(1, elapsed / Memory);
        _bytesPerSecond += weight * (rate - _bytesPerSecond);
    }

    private void Show(TransferProgress progress)
    {
        if (_isForPrograms)
        {
            TellPrograms(progress);
        }
        else
        {
            log.SayForNow(Line(progress));
        }
    }

    private void TellPrograms(TransferProgress progress)
    {
        try
        {
            log.Write(new ProgressEvent(progress, _bytesPerSecond));
        }
        catch (IOException)
        {
            // The log remembers it, and the verb ends with it.
        }
    }

    private string Line(TransferProgress progress)
    {
        var columns = surroundings.Columns() - 1;
        var count = progress.Files > 1
            ? string.Create(CultureInfo.InvariantCulture, $"{progress.FilesDone + 1}/{progress.Files} ")
            : "";
        var rate = $"{ByteText.Show((long)_bytesPerSecond),9}/s";
        var rest = $" {ByteText.Show(progress.BytesDone),9} {rate}{TimeLeft(progress)}";
        var bar = progress.Bytes is { } bytes ? Bar(progress.BytesDone, bytes) : "";
        var room = columns - count.Length - rest.Length - (bar.Length == 0 ? 0 : BarColumns + "  100%".Length);
        if (room < LeastName)
        {
            return Cut((count + rest.TrimStart()).TrimEnd(), columns);
        }

        return $"{count}{Cut(SafeText.Line(progress.Name), room)}{bar}{rest}";
    }

    private string Bar(long done, long all)
    {
        var part = all == 0 ? 1 : Math.Clamp((double)done / all, 0, 1);
        var full = (int)(part * BarColumns);
        var bar = log.Palette.Paint(Tone.Good, new string('━', full))
            + log.Palette.Paint(Tone.Quiet, new string('─', BarColumns - full));
        return string.Create(CultureInfo.InvariantCulture, $" {bar} {Math.Floor(part * 100),3:0}%");
    }

    private string TimeLeft(TransferProgress progress)
    {
        if (progress.Bytes is not { } bytes || _bytesPerSecond < 1)
        {
            return "";
        }

        var seconds = Math.Min((bytes - progress.BytesDone) / _bytesPerSecond, TimeSpan.FromDays(99).TotalSeconds);
        return $" {TimeText.Show(TimeSpan.FromSeconds(Math.Ceiling(seconds)))} left";
    }

    private static string Cut(string text, int room) => text.Length <= room ? text : text[..(room - 1)] + "…";
}
