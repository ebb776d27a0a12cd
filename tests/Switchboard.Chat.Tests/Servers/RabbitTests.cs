using System.Diagnostics;
using System.Globalization;
using Switchboard.Tests;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Servers;

#pragma warning disable CA2000 // Clients and servers are disposed of before the test looks at what they left.
public sealed class RabbitTests(RabbitServer rabbit) : IDisposable
{
    /// <summary>How often broker and server are killed; few by default, because a broker takes long to start.</summary>
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("SWITCHBOARD_KILLS") ?? "1", CultureInfo.InvariantCulture);

    // After a kill servers wait up to half a minute before they try again, and a busy machine is slow.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("switchboard-chat-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_wrong_password_is_refused_in_words_without_it()
    {
        await rabbit.WaitUntilStartedAsync();
        Environment.SetEnvironmentVariable("SWITCHBOARD_TEST_BROKER", rabbit.Address("guest:wrong"));
        await using var chat = Chat("irc.a", ChatBroker.Parse("env:SWITCHBOARD_TEST_BROKER"));

        var error = await Assert.ThrowsAsync<ChatBrokerException>(() => chat.JoinServersAsync().Soon());

        Assert.True(error.IsRefusal);
        Assert.Contains("it refuses the user or the password", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_whose_certificate_nobody_vouches_for_is_not_spoken_to()
    {
        await rabbit.WaitUntilStartedAsync();
        var broker = ChatBroker.Parse(rabbit.TlsAddress("guest"));

        var error = await Assert.ThrowsAsync<ChatBrokerException>(() =>
            broker.ConnectAsync("probe", "probe", TestContext.Current.CancellationToken).Soon());

        Assert.Contains("certificate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused()
    {
        await rabbit.WaitUntilStartedAsync();
        await using var first = Chat("irc.twin", ChatBroker.Parse(rabbit.Address("guest")));
        await using var second = Chat("irc.twin", ChatBroker.Parse(rabbit.Address("guest")));
        await first.JoinServersAsync().Soon();

        var error = await Assert.ThrowsAsync<ChatBrokerException>(() => second.JoinServersAsync().Soon());

        Assert.Contains("another server of this name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_away_does_not_keep_a_server_from_starting()
    {
        await using var chat = Chat("irc.a", ChatBroker.Parse("amqp://127.0.0.1:1"));

        await chat.JoinServersAsync().Soon();
    }

    [Theory]
    [InlineData("amqp://ann:secret@host", "does not belong among the arguments")]
    [InlineData("redis://host", "no broker")]
    [InlineData("amqp://", "no broker")]
    [InlineData("env:SWITCHBOARD_NOT_SET", "does not name a broker")]
    [InlineData("@/no/such/file", "Cannot read")]
    public void What_names_no_broker_is_refused(string text, string reason)
    {
        var error = Assert.Throws<ArgumentException>(() => ChatBroker.Parse(text));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_unseen_when_broker_and_server_are_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test program has another name elsewhere.");
        await rabbit.WaitUntilStartedAsync();
        await using var first = StartServer("a", rabbit.Address("guest:guest"));
        await using var second = StartServer("b", rabbit.TlsAddress("guest:guest"));
        await Task.WhenAll(first.WaitUntilServingAsync(), second.WaitUntilServingAsync());
        LoadClient[] clients =
            [new("ann", first.Port), new("amy", first.Port), new("bob", second.Port), new("ben", second.Port)];
        Array.ForEach(clients, each => each.Start());
        await WaitForTalkAsync(clients);
        for (var round = 0; round < Kills; round++)
        {
            await rabbit.KillAsync();
            await rabbit.StartAgainAsync();
            await WaitForTalkAsync(clients);
            await first.KillAndStartAsync();
            await WaitForTalkAsync(clients);
        }

        Array.ForEach(clients, each => each.FallSilent());

        // Taken first: what is acknowledged from now on may not have come to the other server before it ends.
        var acknowledged = clients.ToDictionary(each => each.Nick, each => each.Acknowledged);
        await WaitUntilReadAsync(clients, acknowledged);
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        await first.DisposeAsync();
        await second.DisposeAsync();
        var faults = clients
            .SelectMany(client => client.Visits.SelectMany((visit, number) =>
                HistoryCheck.Faults($"{client.Nick}, visit {number}", visit, acknowledged, isWhole: false)))
            .Concat(await FaultsOfAsync("a.db", acknowledged))
            .Concat(await FaultsOfAsync("b.db", acknowledged))
            .ToList();
        var count = acknowledged.Values.Sum(each => each.Count);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Kills} kills of each, {count} acknowledged, {faults.Count} faults");
        Assert.Empty(faults);
    }

    private KilledServer StartServer(string letter, string broker) =>
        new($"irc.{letter}", Path.Combine(_folder, $"{letter}.db"), broker, rabbit.Roots, FreePort.Next());

    private async Task<IEnumerable<string>> FaultsOfAsync(
        string file, Dictionary<string, IReadOnlyList<long>> acknowledged)
    {
        await using var store = await ChatStore.OpenAsync(Path.Combine(_folder, file));
        var kept = (await store.ReadAsync(new(LoadClient.Room, 10_000_000))).Select(each =>
            each.Command == "NOTICE" ? "gap" : $"{each.Source.Split('!')[0]} {each.Text}").ToList();
        return HistoryCheck.Faults(file, kept, acknowledged, isWhole: true);
    }

    /// <summary>Waits until everybody has read something new of everybody.</summary>
    private static Task WaitForTalkAsync(LoadClient[] clients)
    {
        var before = clients.ToDictionary(each => each.Nick, each => each.LastAcknowledged);
        return WaitForAsync(() => clients.All(each =>
            before.All(other => each.LastOf(other.Key) > other.Value)));
    }

    /// <summary>Waits until everybody has read the last of these of everybody.</summary>
    private static Task WaitUntilReadAsync(
        LoadClient[] clients, Dictionary<string, IReadOnlyList<long>> acknowledged) => WaitForAsync(() =>
        clients.All(each => acknowledged.All(other => each.LastOf(other.Key) >= other.Value[^1])));

    private static async Task WaitForAsync(Func<bool> isTrue)
    {
        var started = Stopwatch.StartNew();
        while (!isTrue())
        {
            Assert.True(started.Elapsed < Patience, "The servers did not come together again.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static ChatServer Chat(string name, IChatBroker broker) =>
        new(new ChatOptions { Name = name, Network = "Refusals", Broker = broker });
}
