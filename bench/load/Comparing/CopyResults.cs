using Switchboard.Bench.Load.Measuring;
using Switchboard.Bench.Load.Servers;

namespace Switchboard.Bench.Load.Comparing;

/// <summary>Every copy that was measured, by kind and round.</summary>
/// <param name="gibibytes">How long the file is.</param>
internal sealed class CopyResults(double gibibytes)
{
    private readonly Dictionary<CopyKind, List<(CopySample StartUp, CopySample Bytes)>> _samples = [];
    private readonly List<TimeSpan> _hashes = [];

    /// <summary>Of SHA-256 alone.</summary>
    public Spread? HashGibibytesPerSecond => Spread.Of(_hashes.Select(elapsed => gibibytes / elapsed.TotalSeconds));

    /// <inheritdoc cref="HashGibibytesPerSecond"/>
    public Spread? HashCpu => Spread.Of(_hashes.Select(elapsed => elapsed.TotalSeconds / gibibytes));

    public void AddHash(TimeSpan elapsed) => _hashes.Add(elapsed);

    /// <param name="kind">Which one.</param>
    /// <param name="byteAlone">A file of one byte.</param>
    /// <param name="whole">The whole file.</param>
    public void Add(CopyKind kind, CopySample byteAlone, CopySample whole)
    {
        if (!_samples.TryGetValue(kind, out var rounds))
        {
            _samples[kind] = rounds = [];
        }

        rounds.Add((byteAlone, whole.Without(byteAlone)));
    }

    public Spread? StartUp(CopyKind kind) => Of(kind, round => round.StartUp.Elapsed.TotalSeconds);

    public Spread? Seconds(CopyKind kind) => Of(kind, round => round.Bytes.Elapsed.TotalSeconds);

    public Spread? GibibytesPerSecond(CopyKind kind) => Of(kind, round => Rate(round.Bytes));

    public Spread? SenderCpu(CopyKind kind) => Of(kind, round => round.Bytes.SenderCpuSeconds / gibibytes);

    public Spread? ReceiverCpu(CopyKind kind) => Of(kind, round => round.Bytes.ReceiverCpuSeconds / gibibytes);

    /// <summary>How fast it is, divided within each round by the best of those that it is compared with.</summary>
    public Spread? Ratio(CopyKind kind) => Spread.Of(_samples[kind].Select(
        (round, at) => Rate(round.Bytes) / _samples
            .Where(other => other.Key.IsReferenceOf(kind))
            .Select(other => Rate(other.Value[at].Bytes))
            .DefaultIfEmpty(double.NaN)
            .Max()));

    private double Rate(CopySample bytes) => gibibytes / bytes.Elapsed.TotalSeconds;

    private Spread? Of(CopyKind kind, Func<(CopySample StartUp, CopySample Bytes), double> figure) =>
        Spread.Of(_samples[kind].Select(figure));
}
