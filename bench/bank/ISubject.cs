namespace Switchboard.Bench.Bank;

/// <summary>One way to make transfers.</summary>
internal interface ISubject : IAsyncDisposable
{
    string Name { get; }

    Task<Sample> MeasureAsync(TimeSpan length);
}
