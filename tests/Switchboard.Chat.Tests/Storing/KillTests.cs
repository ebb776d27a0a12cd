using System.Globalization;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Storing;

public sealed class KillTests(PostgresServer postgres)
{
    private const string Killed = "to be killed";

    [Theory]
    [EveryStore(OnlyLasting = true)]
    public async Task What_was_acknowledged_survives_the_kill_of_its_server(StoreKind kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test program has another name elsewhere.");
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        var database = kind is StoreKind.Postgres ? $"{place.Database};Application Name={Killed}" : place.Database;
        for (var round = 0; round < 3; round++)
        {
            // Not in a talk of its own: the next round finds what the last one left.
            var acknowledged = await AppendAndKillAsync(database, atLeast: 50 * (round + 1));
            if (kind is StoreKind.Postgres)
            {
                await postgres.WaitUntilGoneAsync(Killed);
            }

            await using var store = await place.OpenAsync();
            var kept = (await store.IdsAsync(new("#room", 1_000_000))).ToHashSet();
            Assert.Empty(acknowledged.Except(kept));
            Assert.All(GroupsOf(kept), size => Assert.Equal(AppendingProgram.GroupSize, size));
            await store.ForgetBeforeAsync(Said.Time(10_000_000));
        }
    }

    private static async Task<List<string>> AppendAndKillAsync(string database, int atLeast)
    {
        using var program = AppendingProgram.Start(database);
        var acknowledged = new List<string>();
        try
        {
            while (acknowledged.Count < atLeast)
            {
                var line = await program.StandardOutput.ReadLineAsync().Soon();
                Assert.NotNull(line);
                acknowledged.Add(line);
            }
        }
        finally
        {
            program.Kill();
        }

        // What it had printed before, and we had not read. The last line may be cut short.
        var rest = await program.StandardOutput.ReadToEndAsync().Soon();
        acknowledged.AddRange(rest.Split('\n').SkipLast(1));
        await program.WaitForExitAsync().Soon();

        return acknowledged;
    }

    private static IEnumerable<int> GroupsOf(IEnumerable<string> ids) => ids
        .Select(id => int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture))
        .GroupBy(number => (Writer: number / 100_000, Group: number % 100_000 / AppendingProgram.GroupSize))
        .Select(group => group.Count());
}
