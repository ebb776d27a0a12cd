namespace Switchboard.Testing;

/// <summary>A transport does not keep what transports promise.</summary>
public sealed class ConformanceException : Exception
{
    /// <param name="check">The name of the check.</param>
    /// <param name="step">What the check was doing.</param>
    /// <param name="expected">What should have come of it.</param>
    /// <param name="seen">What came instead.</param>
    /// <param name="innerException">The exception that came instead, if one did.</param>
    public ConformanceException(
        string check,
        string step,
        string expected,
        string seen,
        Exception? innerException = null)
        : base($"{check}: {step}: expected {expected}, saw {seen}.", innerException)
    {
        Check = check;
        Step = step;
        Expected = expected;
        Seen = seen;
    }

    /// <summary>The name of the check: the promise that was broken.</summary>
    public string Check { get; }

    /// <summary>What the check was doing, and which end was the client's.</summary>
    public string Step { get; }

    /// <summary>What should have come of it.</summary>
    public string Expected { get; }

    /// <summary>What came instead.</summary>
    public string Seen { get; }
}
