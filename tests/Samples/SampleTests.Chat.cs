using System.Text;

namespace Switchboard.Samples;

/// <summary>The samples in which somebody talks.</summary>
public sealed partial class SampleTests
{
    [Fact]
    public async Task Two_people_type_at_each_other_and_either_may_finish_first()
    {
        await using var server = SampleRun.Start("chat-server", Socket);
        await server.WaitForOutputAsync("Waiting at");
        await using var client = SampleRun.Start("chat-client", Socket);
        await server.WaitForOutputAsync("Somebody is here.");
        await client.WaitForOutputAsync("Connected.");

        await client.TypeAsync("hello");
        await server.TypeAsync("hi \e[2J");
        await server.WaitForOutputAsync("> hello");
        await client.WaitForOutputAsync("> hi ?[2J");
        client.EndTyping();
        await server.WaitForOutputAsync("no more to say");
        await server.TypeAsync("one more thing");
        await client.WaitForOutputAsync("> one more thing");
        server.EndTyping();

        Assert.Equal(0, await server.ExitAsync());
        Assert.Equal(0, await client.ExitAsync());
    }

    [Fact]
    public async Task The_bot_answers_in_its_room()
    {
        await using var listener = await Listener.BindAsync(Socket);
        await using var bot = SampleRun.Start("chat-bot", Socket, "#tea");
        using var patience = new CancellationTokenSource(SampleRun.Patience);
        await using var connection = await listener.AcceptAsync(patience.Token);
        await using var lines = connection.Frames(Framing.Lines(maxBytes: 1000, LineEnding.CrLf));
        await ExpectAsync(lines, "USER bot");
        await SendAsync(lines, ":s CAP * LS :", ":s 001 bot :Welcome", ":s 422 bot :No message of the day");
        await ExpectAsync(lines, "JOIN #tea");
        await SendAsync(lines, ":bot!b@h JOIN #tea", ":s 366 bot #tea :End");

        await SendAsync(
            lines, ":ada!a@h PRIVMSG #tea :!reverse Hello 🙂", ":ada!a@h NOTICE #tea :!echo no",
            ":ada!a@h PRIVMSG bot :!echo yes", ":ada!a@h PRIVMSG #tea :!time");

        Assert.Equal("NOTICE #tea :ada: 🙂 olleH", await ExpectAsync(lines, "NOTICE"));
        Assert.Equal("NOTICE ada :ada: yes", await ExpectAsync(lines, "NOTICE"));
        Assert.Matches("^NOTICE #tea :ada: It is [0-9]{2}:[0-9]{2} UTC.$", await ExpectAsync(lines, "NOTICE"));
    }

    private static async Task SendAsync(FramedConnection connection, params string[] lines)
    {
        foreach (var line in lines)
        {
            await connection.SendAsync(Encoding.UTF8.GetBytes(line));
        }
    }

    private static async Task<string> ExpectAsync(FramedConnection connection, string beginning)
    {
        using var patience = new CancellationTokenSource(SampleRun.Patience);
        while (await connection.ReceiveAsync(patience.Token) is { } line)
        {
            var text = Encoding.UTF8.GetString(line.Span);
            if (text.StartsWith(beginning, StringComparison.Ordinal))
            {
                return text;
            }
        }

        throw new InvalidOperationException($"It left without '{beginning}'.");
    }
}
