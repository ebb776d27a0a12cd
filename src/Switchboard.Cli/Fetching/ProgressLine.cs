using System.Globalization;
using System.Text;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Fetching;

/// <summary>One line on a terminal that says how far it is, written over and over.</summary>
/// <param name="surroundings">The terminal, and time.</param>
internal sealed class ProgressLine(Surroundings surroundings)
{
    private const string Clear = "\r\e[K";
    private const int Percent = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly long _began = surroundings.Time.GetTimestamp();
    private TimeSpan _shown;
    private bool _stands;

    /// <summary>What it says.</summary>
    /// <param name="here">How many bytes are here.</param>
    /// <param name="came">How many of them came in this run.</param>
    /// <param name="total">How many there will be; null if unknown.</param>
    /// <param name="elapsed">Since when this run receives.</param>
    public static string Compose(long here, long came, long? total, TimeSpan elapsed)
    {
        var speed = elapsed > TimeSpan.Zero ? came / elapsed.TotalSeconds : 0;
        var pace = speed >= 1 ? $", {ByteText.Show((long)speed)}/s" : "";
        if (total is not > 0)
        {
            return $"{ByteText.Show(here)}{pace}";
        }

        var left = speed >= 1 ? TimeSpan.FromSeconds(Math.Min((total.Value - here) / speed, int.MaxValue)) : default;
        var rest = left > TimeSpan.Zero ? $", {Whole(left)} left" : "";
        var part = here * (double)Percent / total.Value;
        return string.Create(
            CultureInfo.InvariantCulture, $"{Math.Floor(part),3}% of {ByteText.Show(total.Value)}{pace}{rest}");
    }

    public void Show(long here, long came, long? total)
    {
        var elapsed = surroundings.Time.GetElapsedTime(_began);
        if (elapsed - _shown < Interval)
        {
            return;
        }

        _shown = elapsed;
        _stands = true;
        var text = Compose(here, came, total, elapsed);
        Write(Clear + text[..Math.Min(text.Length, Math.Max(surroundings.Columns() - 1, 0))]);
    }

    /// <summary>Takes it away, so that something else can stand there.</summary>
    public void Remove()
    {
        if (_stands)
        {
            Write(Clear);
            _stands = false;
        }
    }

    private static string Whole(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => $"{Math.Ceiling(time.TotalSeconds)} s",
        { TotalHours: < 1 } => $"{Math.Ceiling(time.TotalMinutes)} min",
        _ => $"{Math.Ceiling(time.TotalHours)} h",
    };

    private void Write(string text)
    {
        try
        {
            surroundings.Error.Write(Encoding.UTF8.GetBytes(text));
            surroundings.Error.Flush();
        }
        catch (IOException)
        {
            // With nobody left to tell, the work itself still counts.
        }
    }
}
