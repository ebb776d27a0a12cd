using Switchboard.Testing.Conformance;

namespace Switchboard.Testing;

/// <summary>
/// What every transport promises, as checks that any test framework can run, one test for each:
/// <code>await check.RunAsync(new ConformanceSubject { NewEndpoint = … }, cancellationToken);</code>
/// A check passes when it completes, and throws <see cref="ConformanceException"/> otherwise.
/// </summary>
public static class TransportConformance
{
    /// <summary>Every check, each with a name of its own. None depends on another, or on their order.</summary>
    public static IReadOnlyList<ConformanceCheck> Checks { get; } =
    [
        .. ConnectingChecks.All,
        .. ListeningChecks.All,
        .. ReceivingChecks.All,
        .. FramingChecks.All,
        .. FramedSendingChecks.All,
        .. EndingChecks.All,
        .. ClosingChecks.All,
        .. ResettingChecks.All,
        .. PressureChecks.All,
        .. CancellingChecks.All,
        .. MisuseChecks.All,
        .. ReportingChecks.All,
        .. ViewChecks.All,
    ];
}
