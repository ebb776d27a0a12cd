using System.Globalization;

namespace Bank.Application;

/// <summary>What the bank has decided, in minor units.</summary>
public sealed record BankRules
{
    public string Currency { get; init; } = "EUR";

    /// <summary>
    /// One transfer is never more than this, so that no sum of them comes near what a number can hold.
    /// </summary>
    public long MaxAmount { get; init; } = 1_000_000_000_00;

    /// <summary>A transfer of more than this to somebody else waits for a second person.</summary>
    public long ApprovalOver { get; init; } = 1_000_00;

    /// <summary>How long a transfer waits for a second person.</summary>
    public TimeSpan ApprovalLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>What an officer may allow an account to spend in a day.</summary>
    public long MaxDailyLimit { get; init; } = 100_000_00;

    public int MaxStandingOrders { get; init; } = 50;

    /// <summary>
    /// Rounds of PBKDF2-HMAC-SHA-256: what OWASP's Password Storage Cheat Sheet asks for. It makes one guess cost some
    /// tenths of a second on one core, for us once a sign-in, for a thief of the table once a guess.
    /// </summary>
    public int PasswordIterations { get; init; } = 600_000;

    /// <summary>How long the code may take after the password.</summary>
    public TimeSpan ChallengeLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a token lives at most.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How long a token lives without being used.</summary>
    public TimeSpan TokenIdle { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>So many wrong passwords or codes in a row cost no delay; each one more doubles it.</summary>
    public int FreeFailures { get; init; } = 3;

    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Failures are forgotten when none has followed for so long.</summary>
    public TimeSpan ForgetFailuresAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// A sum as the audit trail has it, such as <c>25.00 EUR</c>: it is read by people, with these programs or without.
    /// </summary>
    public string Show(long amount) =>
        string.Create(CultureInfo.InvariantCulture, $"{amount / 100}.{amount % 100:00} {Currency}");

    /// <summary>How long nothing is heard after so many failures in a row.</summary>
    public TimeSpan DelayAfter(long failures)
    {
        var doublings = failures - FreeFailures;

        return doublings switch
        {
            < 0 => TimeSpan.Zero,
            > 20 => MaxDelay,
            _ => TimeSpan.FromTicks(Math.Min(FirstDelay.Ticks << (int)doublings, MaxDelay.Ticks)),
        };
    }
}
