using System.Text;
using Switchboard.Chat.Servers.Letters;
using Switchboard.Tests;

namespace Switchboard.Chat.Tests.Servers;

#pragma warning disable CA2000 // Each server disposes of those who came to it.
public sealed class StrangerTests
{
    private const string Ask = "switchboard-chat 1\n{\"letter\":\"ask\",\"from\":\"irc.x\",\"run\":\"x\",\"of\":null}";

    [Fact]
    public async Task What_strangers_publish_is_refused_and_harms_nobody()
    {
        await using var network = new ChatNetwork();
        var (ann, bob) = await network.MeetAsync();
        string[] letters =
        [
            "", "hello", "switchboard-chat 2\n{}", "switchboard-chat 1\n", "switchboard-chat 1\nnull",
            "switchboard-chat 1\n{\"letter\":\"none\"}", "switchboard-chat 1\n" + new string('[', 1000),
            "switchboard-chat 1\n{\"letter\":\"ask\",\"from\":\"a b\",\"run\":\"x\",\"of\":null}",
            "switchboard-chat 1\n{\"letter\":\"ask\",\"from\":\"x\",\"run\":\"x\",\"of\":null,\"more\":1}",
            Event("""{"event":"left","personId":"irc.a/1","reason":"gone","time":"2026-01-01T00:00:00Z"}"""),
            Event("""{"event":"nick","personId":"irc.x/1","nick":"a\r\nQUIT","time":"2026-01-01T00:00:00Z"}"""),
        ];
        foreach (var letter in letters)
        {
            network.Broker.Publish(Encoding.UTF8.GetBytes(letter));
        }

        network.Broker.Publish([0xFF, 0xFE, 0]);
        network.Broker.Publish(new byte[(4 * 1024 * 1024) + 1]);
        await network.WaitForQuietAsync();
        Assert.Equal(2 * (letters.Length + 2), network.Refused.Count);

        await ann.AskAsync("PRIVMSG #room :still here");
        Assert.DoesNotContain(
            await network.SeesAsync(bob, "still here"), each => each.Contains("QUIT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Random_changes_of_real_letters_harm_nobody()
    {
        await using var network = new ChatNetwork();
        var seed = Seed.Choose();
        Seed.Print(seed);
        var random = new Random((int)seed);
        var (ann, bob) = await network.MeetAsync();
        network.Broker.OnTheWay = (_, letter) => [.. Mangled(letter, random), letter];
        for (var round = 0; round < 50; round++)
        {
            await ann.AskAsync(
                $"PRIVMSG #room :{round}", $"TOPIC #room :{round}", $"MODE #room {"+-"[round % 2]}v bob");
            if (round % 10 == 0)
            {
                // So that snapshots and hellos are changed as well.
                network.Broker.Publish(Encoding.UTF8.GetBytes(Ask));
                await network.WaitForQuietAsync();
                network.Clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        network.Broker.OnTheWay = (_, letter) => [letter];
        await ann.AskAsync("PRIVMSG #room :still here");
        await network.SeesAsync(bob, "still here");
    }

    private static IEnumerable<string> Mangled(string letter, Random random)
    {
        var mangled = new StringBuilder(letter);
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            mangled[random.Next(mangled.Length)] = (char)random.Next(1, 127);
        }

        // Who says that a server has said more than it has is believed, and what that says next is taken for a
        // repetition: nobody can tell it from the truth.
        return LastSaid(mangled.ToString()) > LastSaid(letter) ? [] : [mangled.ToString()];
    }

    private static long LastSaid(string letter) =>
        LetterText.Decode(Encoding.UTF8.GetBytes(letter)).Letter switch
        {
            SaidLetter { Messages: { Count: > 0 } messages } => messages.Max(each => each.Number),
            HelloLetter hello => hello.LastSaid,
            _ => 0,
        };

    private static string Event(string happened) =>
        "switchboard-chat 1\n{\"letter\":\"events\",\"from\":\"irc.x\",\"run\":\"x\",\"first\":1,"
        + $"\"events\":[{happened}]}}";
}
