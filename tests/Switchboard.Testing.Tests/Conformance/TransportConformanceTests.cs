namespace Switchboard.Testing.Tests.Conformance;

/// <summary>The checks find what they are there to find.</summary>
public sealed class TransportConformanceTests
{
    // Short, because a broken transport makes steps hang.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(0.4);

    // Long, because nothing waits for it that goes well.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private int _names;

    public static IEnumerable<TheoryDataRow<string, string>> Finds =>
        from breakage in Breakage.All
        from check in breakage.Red
        select new TheoryDataRow<string, string>(breakage.Name, check)
        {
            TestDisplayName = $"A transport that {breakage.Name} fails: {check}",
        };

    public static TheoryData<string> Checks => [.. TransportConformance.Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Finds))]
    public async Task A_broken_transport_fails_the_check_that_is_about_it(string breakage, string name)
    {
        var transport = Breakage.All.Single(candidate => candidate.Name == breakage).Transport;
        var subject = Subject(transport) with { Deadline = Deadline };

        var error = await Assert.ThrowsAsync<ConformanceException>(
            () => Check(name).RunAsync(subject, TestContext.Current.CancellationToken));

        Assert.Equal(name, error.Check);
        Assert.Contains(error.Expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Seen, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public Task A_transport_that_is_only_wrapped_passes(string name) =>
        Check(name).RunAsync(
            Subject(new BrokenTransport()) with { Deadline = Patience }, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_check_that_is_given_up_says_so()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => TransportConformance.Checks[0].RunAsync(Subject(new BrokenTransport()), cancelled));
    }

    private static ConformanceCheck Check(string name) =>
        TransportConformance.Checks.Single(check => check.Name == name);

    private ConformanceSubject Subject(BrokenTransport transport) => new()
    {
        NewEndpoint = () => new MemoryEndpoint($"subject-{Interlocked.Increment(ref _names)}"),
        Listen = new ListenOptions { Transport = transport },
        Connect = new ConnectOptions { Transport = transport, Timeout = Patience },
        MaxBufferedBytes = 1024 * 1024,
    };
}
