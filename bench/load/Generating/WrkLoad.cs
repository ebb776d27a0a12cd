using System.Globalization;
using System.Text.RegularExpressions;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Generating;

/// <summary>Load by wrk, with one thread on this program's core.</summary>
internal static partial class WrkLoad
{
    /// <summary>The program.</summary>
    public const string Program = "wrk";

    /// <exception cref="WrkFailedException">It did not end well, or not every request was answered.</exception>
    public static WrkResult Run(int port, WebCell cell, TimeSpan time)
    {
        var seconds = Math.Max(1, (int)Math.Round(time.TotalSeconds));
        var (failure, output) = Programs.RunAndRead(
        [
            Program, "-t1", $"-c{cell.Connections}", $"-d{seconds}s", "--timeout", "10s", "--latency",
            $"http://127.0.0.1:{port}{cell.Path}",
        ]);
        return failure is null ? Parse(output) : throw new WrkFailedException($"wrk failed: {failure}");
    }

    /// <exception cref="WrkFailedException">It says nothing of what it should, or of requests that failed.</exception>
    public static WrkResult Parse(string output)
    {
        if (Mistakes().Match(output) is { Success: true } mistakes)
        {
            throw new WrkFailedException($"wrk says: {mistakes.Value.Trim()}");
        }

        return new WrkResult(
            long.Parse(Find(Requests(), output).Groups[1].ValueSpan, CultureInfo.InvariantCulture),
            TimeOf(Find(Requests(), output), 2),
            TimeOf(Find(Median(), output), 1),
            TimeOf(Find(Percentile99(), output), 1));
    }

    private static Match Find(Regex what, string output) => what.Match(output) is { Success: true } found
        ? found
        : throw new WrkFailedException($"wrk says something that is not understood: {output}");

    private static TimeSpan TimeOf(Match match, int group)
    {
        var number = double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups[group + 1].Value switch
        {
            "us" => TimeSpan.FromMicroseconds(number),
            "ms" => TimeSpan.FromMilliseconds(number),
            "m" => TimeSpan.FromMinutes(number),
            _ => TimeSpan.FromSeconds(number),
        };
    }

    [GeneratedRegex(@"(\d+) requests in ([\d.]+)(us|ms|s|m)\b")]
    private static partial Regex Requests();

    [GeneratedRegex(@"\s50%\s+([\d.]+)(us|ms|s|m)\b")]
    private static partial Regex Median();

    [GeneratedRegex(@"\s99%\s+([\d.]+)(us|ms|s|m)\b")]
    private static partial Regex Percentile99();

    [GeneratedRegex(@"(Socket errors|Non-2xx).*")]
    private static partial Regex Mistakes();
}
