using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Measuring;

namespace Switchboard.Bench.Load.Comparing;

/// <summary>Every sample of a grid, by cell, server and round.</summary>
internal sealed class GridResults
{
    private readonly Dictionary<(Cell Cell, string Server), SortedDictionary<int, Sample>> _samples = [];
    private readonly Dictionary<(Cell Cell, string Server), string> _failures = [];

    public void Add(Cell cell, string server, int round, Sample sample)
    {
        if (!_samples.TryGetValue((cell, server), out var rounds))
        {
            _samples[(cell, server)] = rounds = [];
        }

        rounds[round] = sample;
    }

    public void AddFailure(Cell cell, string server, string reason) => _failures[(cell, server)] = reason;

    /// <returns>Why it failed, in whichever round; null when it never did.</returns>
    public string? FailureOf(Cell cell, string server) => _failures.GetValueOrDefault((cell, server));

    public Spread? Of(Cell cell, string server, Func<Sample, double> figure) =>
        Spread.Of(RoundsOf(cell, server).Values.Select(figure));

    /// <summary>
    /// How a server compares: divided within each round, where both had the same minute of the same machine, and only
    /// then put together.
    /// </summary>
    public Spread? Ratio(Cell cell, string server, string reference, Func<Sample, double> figure)
    {
        var references = RoundsOf(cell, reference);
        return Spread.Of(
            from round in RoundsOf(cell, server)
            where references.ContainsKey(round.Key)
            select figure(round.Value) / figure(references[round.Key]));
    }

    private SortedDictionary<int, Sample> RoundsOf(Cell cell, string server) =>
        _samples.GetValueOrDefault((cell, server)) ?? [];
}
