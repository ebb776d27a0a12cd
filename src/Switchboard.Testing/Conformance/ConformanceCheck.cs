using Switchboard.Testing.Conformance;

namespace Switchboard.Testing;

/// <summary>One promise that every transport keeps, and the way to find out.</summary>
public sealed class ConformanceCheck
{
    private readonly Func<Trial, Task> _body;
    private readonly IReadOnlyList<NearEnd> _nearEnds;

    private ConformanceCheck(string name, Func<Trial, Task> body, IReadOnlyList<NearEnd> nearEnds)
    {
        Name = name;
        _body = body;
        _nearEnds = nearEnds;
    }

    /// <summary>The promise, as a sentence.</summary>
    public string Name { get; }

    /// <summary>
    /// Tries the transport: twice, with the ends' roles exchanged, where the promise is about two ends. Everything that
    /// the check opened is closed again when this completes.
    /// </summary>
    /// <param name="subject">The transport on trial.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConformanceException">The transport breaks the promise, or a step hangs.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task RunAsync(ConformanceSubject subject, CancellationToken cancellationToken = default)
    {
        foreach (var near in _nearEnds)
        {
            // On the thread pool, whatever the caller's thread: checks that block must not hold up their own peers.
            await Task.Run(() => TryAsync(subject, near, cancellationToken), cancellationToken);
        }
    }

    /// <summary>The name of the check.</summary>
    public override string ToString() => Name;

    internal static ConformanceCheck Once(string name, Func<Trial, Task> body) => new(name, body, [NearEnd.Client]);

    internal static ConformanceCheck BothWays(string name, Func<Trial, Task> body) =>
        new(name, body, [NearEnd.Client, NearEnd.Server]);

    private async Task TryAsync(ConformanceSubject subject, NearEnd near, CancellationToken cancellationToken)
    {
        await using var trial = new Trial(Name, subject, near, cancellationToken);
        try
        {
            await _body(trial);
        }
        catch (Exception error) when (error is not ConformanceException && !cancellationToken.IsCancellationRequested)
        {
            throw trial.Broken("a step that should just work", "success", Trial.Describe(error), error);
        }
    }
}
