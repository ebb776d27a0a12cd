using Bank.Protocol;
using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Bank.Tests;

/// <summary>A question that no application tier can be found for, on a clock of its own.</summary>
internal static class VainQuestion
{
    private static readonly TimeSpan LongestFirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks, and lets the time for the answer end once a try has failed, however long that took.</summary>
    public static async Task<BankException> AskAsync(BankClientOptions options)
    {
        // Of today, when the certificates are good.
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        await using var client = new BankClient(options with { TimeProvider = clock });

        var asking = client.AskAsync(new BankRequest.Ping());
        await clock.WaitForTimersAsync(1, LongestFirstPause).Soon();
        clock.Advance(options.Timeout);

        return await Assert.ThrowsAsync<BankException>(() => asking.Soon());
    }
}
