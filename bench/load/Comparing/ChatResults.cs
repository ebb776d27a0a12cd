using Switchboard.Bench.Load.Measuring;

namespace Switchboard.Bench.Load.Comparing;

/// <summary>Every measurement of a chat server, by name and round; a failed one has its reason.</summary>
internal sealed class ChatResults
{
    private readonly Dictionary<(string Server, int Round), ChatSample> _samples = [];
    private readonly Dictionary<string, string> _failures = [];

    public IReadOnlyDictionary<string, string> Failures => _failures;

    public void Add(string server, int round, ChatSample sample) => _samples[(server, round)] = sample;

    public void AddFailure(string server, string reason) => _failures[server] = reason;

    public Spread? Of(string server, Func<ChatSample, double> figure) =>
        Spread.Of(_samples.Where(one => one.Key.Server == server).Select(one => figure(one.Value)));

    /// <summary>Over all rounds.</summary>
    public long Sum(string server, Func<ChatSample, long> figure) =>
        _samples.Where(one => one.Key.Server == server).Sum(one => figure(one.Value));

    /// <summary>How many deliveries one makes for each of another's with the same CPU, within each round.</summary>
    public Spread? Ratio(string server, string reference) => Spread.Of(_samples
        .Where(one => one.Key.Server == server && _samples.ContainsKey((reference, one.Key.Round)))
        .Select(one => one.Value.DeliveriesPerCpuSecond
            / _samples[(reference, one.Key.Round)].DeliveriesPerCpuSecond));
}
