namespace Switchboard.Bench.Load.Measuring;

/// <summary>One local way, once.</summary>
/// <param name="Alone">Messages on one connection.</param>
/// <param name="Together">Messages on many at once.</param>
/// <param name="Bulk">Bytes in a second, there and back.</param>
internal sealed record LocalSample(Sample Alone, Sample Together, double Bulk);
