using System.Globalization;

namespace Switchboard.Bench.Bank;

/// <summary>
/// The application tier and plain loops in turns, each with books of its own, and a table of what came of it.
/// </summary>
internal sealed class Comparison(string database, string folder, int[] loops, Func<Task<string>> makeDatabase)
{
    private static readonly int[] AtOnce = [1, 16, 64, 256];

    public async Task RunAsync(int rounds, TimeSpan length)
    {
        var books = new List<string>();
        var subjects = new List<ISubject>();
        foreach (var count in loops)
        {
            subjects.Add(new PlainLoop(await FilledAsync(), count));
        }

        foreach (var count in AtOnce)
        {
            subjects.Add(await ThroughTier.StartAsync(await FilledAsync(), folder, count));
        }

        // The first round warms up, and does not count.
        var samples = subjects.ToDictionary(subject => subject, _ => new List<Sample>());
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var subject in subjects)
            {
                var sample = await subject.MeasureAsync(round == 0 ? length / 2 : length);
                if (round > 0)
                {
                    samples[subject].Add(sample);
                }
            }
        }

        foreach (var subject in subjects)
        {
            await subject.DisposeAsync();
        }

        Print(subjects, samples);
        foreach (var book in books)
        {
            Console.WriteLine(await Books.CheckAsync(book));
        }

        async Task<string> FilledAsync()
        {
            books.Add(await makeDatabase());
            await Books.FillAsync(books[^1]);

            return books[^1];
        }
    }

    // Ratios are taken within a round: what the machine did besides, it did to both.
    private void Print(List<ISubject> subjects, Dictionary<ISubject, List<Sample>> samples)
    {
        Console.WriteLine($"## {database}\n");
        Console.WriteLine("| what | transfers/s | min–max | p50 ms | p99 ms | to one loop | to the best loops |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|");
        var one = samples[subjects[0]];
        var plain = subjects.OfType<PlainLoop>().Select(loop => samples[loop]).ToList();
        foreach (var subject in subjects)
        {
            var taken = samples[subject];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {subject.Name} | {Median(taken, sample => sample.PerSecond):N0} "
                + $"| {taken.Min(sample => sample.PerSecond):N0}–{taken.Max(sample => sample.PerSecond):N0} "
                + $"| {Median(taken, sample => sample.P50Milliseconds):F2} "
                + $"| {Median(taken, sample => sample.P99Milliseconds):F2} "
                + $"| {Ratio(taken, round => one[round].PerSecond):F2} "
                + $"| {Ratio(taken, round => plain.Max(loop => loop[round].PerSecond)):F2} |"));
        }

        Console.WriteLine();
    }

    private static double Ratio(List<Sample> taken, Func<int, double> to) =>
        Median([.. taken.Select((sample, round) => sample.PerSecond / to(round))], ratio => ratio);

    private static double Median<T>(List<T> all, Func<T, double> value) =>
        all.Select(value).Order().ElementAt(all.Count / 2);
}
