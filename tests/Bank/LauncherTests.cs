using System.Diagnostics;
using System.Globalization;
using Bank.Application;
using Bank.Protocol;
using Bank.Tests.Killing;
using Switchboard;
using Switchboard.Tests;
using Switchboard.Tests.Connections;

namespace Bank.Tests;

/// <summary>All tiers as the README says to start them.</summary>
public sealed class LauncherTests
{
    [Fact]
    public async Task It_starts_all_tiers_revives_one_that_was_killed_and_leaves_none_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Whose child a process is can be read on Linux.");
        var folder = Directory.CreateTempSubdirectory("bank-launcher-").FullName;
        var endpoint = $"tls://127.0.0.1:{FreePort.Next()}";
        await using var launcher = new Victim("launcher", () => new ProcessStartInfo(
            Victim.DotNet,
            [
                Path.Combine(AppContext.BaseDirectory, "Bank.dll"), "--folder", folder, "--application", endpoint,
                "--web", $"tcp://127.0.0.1:{FreePort.Next()}",
            ]));
        launcher.Start();
        await Waiting.UntilAsync(() => launcher.Said.Contains("application listens", StringComparison.Ordinal));
        await Waiting.UntilAsync(() => launcher.Said.Contains("pages are at https://", StringComparison.Ordinal));
        var options = BankClientOptions.From(TestCertificates.In(folder), (Endpoint)endpoint);
        await using var client = new BankClient(options with { Timeout = OpenBank.Patience });
        var token = await SignInAsync(client, SampleBank.Customers[0]);
        Assert.Equal(3, (await client.AskAsync(new BankRequest.Accounts { Token = token })).Accounts.Count);

        var tiers = await TiersOfAsync(launcher.Id);
        using (var application = Process.GetProcessById(tiers.Single(IsApplication)))
        {
            application.Kill();

            // Until then it may answer once more, and be taken for the one that takes its place.
            await application.WaitForExitAsync().Soon();
        }

        Assert.Equal("ada", (await client.AskAsync(new BankRequest.WhoAmI { Token = token })).Name);
        tiers = await TiersOfAsync(launcher.Id);
        Assert.Single(tiers, IsApplication);
        await launcher.KillAsync();
        await Waiting.UntilAsync(() => !tiers.Exists(IsAlive));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> SignInAsync(BankClient client, SampleCustomer person)
    {
        var started = await client.AskAsync(new BankRequest.SignIn(person.Name, person.Password));
        var code = person.CodeAt(TimeProvider.System.GetUtcNow());

        return (await client.AskAsync(new BankRequest.ConfirmSignIn(started.Challenge, code))).Token;
    }

    /// <summary>Waits for both: a thread may end just now, and its children become another's.</summary>
    private static async Task<List<int>> TiersOfAsync(int id)
    {
        List<int> tiers = [];
        await Waiting.UntilAsync(() => (tiers = ChildrenOf(id)).Count == 2);
        return tiers;
    }

    // Each thread has those that it has started.
    private static List<int> ChildrenOf(int id) =>
    [
        .. Directory.GetDirectories($"/proc/{id}/task").SelectMany(ChildrenOfThread).Distinct().Where(IsAlive),
    ];

    private static IEnumerable<int> ChildrenOfThread(string thread)
    {
        try
        {
            return File.ReadAllText($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(child => int.Parse(child, CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return [];
        }
    }

    // What has ended, and nobody has asked how, is there without a command line.
    private static bool IsAlive(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsApplication(int id) =>
        File.ReadAllText($"/proc/{id}/cmdline").Split('\0').Contains("application");
}
