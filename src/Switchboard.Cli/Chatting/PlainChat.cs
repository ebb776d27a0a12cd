using System.Text;
using Switchboard.Chat;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Chatting;

/// <summary>
/// Chat in lines, for pipes and scripts: the input is said line after line, what others say is printed, and the end of
/// the input is the end.
/// </summary>
internal sealed class PlainChat(ChatPlan plan, Surroundings surroundings, EventLog log)
{
    // More than any line that is worth saying; what goes on and on is cut into pieces of it.
    private const int MaxLineChars = 16 * 1024;

    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (plan.FirstTalk is null && log.Format != EventFormat.Json)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, "nobody is there to talk to.",
                Next: "Name a room with --join ROOM, or a nick with --to NICK."));
        }

        await using var client = await ChatClient.ConnectAsync(plan.Endpoint, plan.Client, stop);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop, log.OutputBroken);
        var hearing = HearAsync(client, over.Token);
        var saying = SayAsync(client, over.Token);
        try
        {
            await await Task.WhenAny(hearing, saying);

            // What the others have said until now is printed first.
            await client.QuitAsync("");
            await hearing;
        }
        catch (OperationCanceledException)
        {
            log.ThrowIfBroken();
            throw;
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(Quietly(hearing), Quietly(saying));
        }

        return ExitCode.Done;
    }

    private async Task SayAsync(ChatClient client, CancellationToken stop)
    {
        foreach (var room in plan.Rooms)
        {
            await client.JoinAsync(room, cancellationToken: stop);
        }

        // Reading a terminal or a pipe blocks, whatever token it is given.
        using var input = new StreamReader(surroundings.Input, Encoding.UTF8, leaveOpen: true);
        while (await InputLine.ReadAsync(input, MaxLineChars, stop) is { } line)
        {
            if (plan.FirstTalk is { } talk && line.Length > 0)
            {
                await client.SayAsync(talk, line, cancellationToken: stop);
            }
        }

        await client.FlushAsync(stop);
    }

    private async Task HearAsync(ChatClient client, CancellationToken stop)
    {
        await foreach (var happened in client.ReceiveAllAsync(stop))
        {
            if (log.Format == EventFormat.Json)
            {
                log.Write(new TalkEvent(happened));
            }
            else if (happened is ChatSaid { IsFromServer: false } said)
            {
                Print(said);
            }
            else if (happened is not ChatAnswer { IsError: false })
            {
                log.Write(new TalkEvent(happened));
            }
        }
    }

    private void Print(ChatSaid said)
    {
        if (said.IsOwn)
        {
            return;
        }

        var where = said.Talk == plan.FirstTalk ? "" : said.Talk == said.Nick ? "(private) " : $"{said.Talk} ";
        surroundings.Output.Write(Encoding.UTF8.GetBytes(ChatText.Of(where + TalkEvent.SaidText(said)) + "\n"));
        surroundings.Output.Flush();
    }

    private static async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or TimeoutException
            or ObjectDisposedException or ArgumentException)
        {
            // The first of the two has said what there was to say.
        }
    }
}
