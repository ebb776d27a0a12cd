using System.Collections.Concurrent;
using Switchboard.Chat.Tests.Storing;
using Switchboard.Cli.Tests.Processes;
using Switchboard.Tests.Connections;

namespace Switchboard.Cli.Tests.ChatServing;

/// <summary>The process of a chat is killed while many speak in it.</summary>
public sealed class ServeChatKillTests(PostgresServer postgres)
{
    private const int Writers = 16;

    // With what comes before, as many lines as a client may send at once.
    private const int MessagesEach = 24;

    [Fact]
    public async Task What_was_echoed_survives_on_SQLite()
    {
        using var folder = new TempFolder();

        await KillAndLookAsync(Path.Combine(folder.Path, "chat.db"));
    }

    [Fact]
    public async Task What_was_echoed_survives_on_PostgreSQL() =>
        await KillAndLookAsync(await postgres.MakeDatabaseAsync());

    private static async Task KillAndLookAsync(string database)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The process is killed by a signal.");
        var echoed = await TalkUntilKilledAsync(database, atLeast: Writers * MessagesEach / 4);

        await using var server = RunningProgram.StartSwitchboard(
            "serve", "chat", "127.0.0.1:0", "--database", database, "--json");
        await using var reader = await ChatLines.ArriveAsync(await server.EndpointAsync(), "reader");
        var kept = await ReadHistoryAsync(reader);

        Assert.Empty(echoed.Except(kept));
        Assert.Equal(kept.Count, kept.Distinct().Count());
    }

    /// <summary>What each of many people was told that it had said.</summary>
    private static async Task<IReadOnlyCollection<string>> TalkUntilKilledAsync(string database, int atLeast)
    {
        await using var server = RunningProgram.StartSwitchboard(
            "serve", "chat", "127.0.0.1:0", "--database", database, "--json");
        var endpoint = await server.EndpointAsync();
        var echoed = new ConcurrentQueue<string>();
        var people = await Task.WhenAll(
            Enumerable.Range(0, Writers).Select(number => ChatLines.ArriveAsync(endpoint, $"writer{number}")));
        var talking = people.Select((client, number) => TalkAsync(client, $"writer{number}", echoed)).ToList();

        await Waiting.UntilAsync(() => echoed.Count >= atLeast);
        await server.SignalAsync("KILL");
        await Task.WhenAll(talking).Soon();
        foreach (var client in people)
        {
            await client.DisposeAsync();
        }

        return echoed;
    }

    private static async Task TalkAsync(ChatLines client, string nick, ConcurrentQueue<string> echoed)
    {
        try
        {
            await client.SendAsync("CAP REQ :echo-message", "JOIN #tea");
            await client.SendAsync(
                [.. Enumerable.Range(0, MessagesEach).Select(number => $"PRIVMSG #tea :{nick} says {number}")]);
            while (await client.ReceiveAsync() is { } line)
            {
                if (line.StartsWith($":{nick}!", StringComparison.Ordinal) && TextOf(line) is { } text)
                {
                    echoed.Enqueue(text);
                }
            }
        }
        catch (Exception error) when (error is ConnectionException or FramingException or EndOfStreamException)
        {
            // That is the kill.
        }
    }

    private static async Task<List<string>> ReadHistoryAsync(ChatLines reader)
    {
        await reader.SendAsync("CAP REQ :message-tags", "JOIN #tea");
        var (kept, from) = (new List<string>(), "timestamp=2020-01-01T00:00:00.000Z");
        while (true)
        {
            await reader.SendAsync($"CHATHISTORY AFTER #tea {from} 100", "PING read");
            var before = kept.Count;
            while (await reader.ReceiveAsync() is { } line && !line.Contains(" PONG ", StringComparison.Ordinal))
            {
                if (TextOf(line) is { } text)
                {
                    kept.Add(text);
                    from = line.Split(';', ' ').First(tag => tag.Contains("msgid=", StringComparison.Ordinal))
                        .TrimStart('@');
                }
            }

            if (kept.Count == before)
            {
                return kept;
            }
        }
    }

    private static string? TextOf(string line) => line.Split(" PRIVMSG #tea :") is [_, var text] ? text : null;
}
