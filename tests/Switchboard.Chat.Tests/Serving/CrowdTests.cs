using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Serving;

public class CrowdTests
{
    private const int Members = 500;

    [Fact]
    public async Task Five_hundred_in_one_room_hear_everything_in_the_same_order()
    {
        await using var chat = new TestChat();
        var clients = await Task.WhenAll(Enumerable.Range(0, Members).Select(async number =>
        {
            var client = await chat.ArriveAsync($"n{number}", "echo-message");
            await client.SendAsync("JOIN #crowd");
            await client.ReceiveUntilAsync("366");
            return client;
        }));
        Assert.Equal(Members, chat.Server.PeopleCount);
        await Task.WhenAll(clients.Select(client => client.SyncAsync()));

        var spoken = await Task.WhenAll(clients.Take(20).Select(client =>
            client.AskAsync([.. Enumerable.Range(0, 10).Select(number => $"PRIVMSG #crowd :{number}")])));
        var rest = await Task.WhenAll(clients.Select(client => client.SyncAsync()));
        var heard = rest.Select((lines, place) =>
            string.Join('\n', place < spoken.Length ? spoken[place].Concat(lines) : lines)).ToList();

        Assert.Equal(200, heard[0].Split('\n').Length);
        Assert.Single(heard.Distinct());
        foreach (var sender in heard[0].Split('\n').GroupBy(line => line.Split('!')[0]))
        {
            Assert.Equal("0123456789", string.Concat(sender.Select(line => line[^1])));
        }
    }

    [Fact]
    public async Task One_nick_goes_to_one_of_many_who_ask_for_it_at_once()
    {
        await using var chat = new TestChat();
        for (var round = 0; round < 20; round++)
        {
            var clients = Enumerable.Range(0, 8).Select(_ => chat.Connect()).ToList();

            var answers = await Task.WhenAll(clients.Select(async client =>
            {
                await client.SendAsync($"NICK same{round}", "USER u 0 * :u");
                return await client.ReceiveAsync();
            }));

            Assert.Single(answers, answer => answer!.Contains(" 001 ", StringComparison.Ordinal));
            Assert.Equal(7, answers.Count(answer => answer!.Contains(" 433 ", StringComparison.Ordinal)));
            foreach (var client in clients)
            {
                await client.DisposeAsync();
                await client.Served.Soon();
            }
        }
    }
}
