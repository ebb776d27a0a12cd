using System.Text;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Tests.Transfers;

public sealed class TransferCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("needs FILE", "send")]
    [InlineData("there is no ticket.", "send", "FILE")]
    [InlineData("a file cannot be read.", "send", "nothing-there")]
    [InlineData("the ticket's file cannot be read.", "send", "FILE", "--ticket-file", "nothing-there")]
    [InlineData("cannot bring both", "send", "-")]
    [InlineData("cannot bring both", "send", "-", "--ticket-file", "-")]
    [InlineData("no ticket that says where", "send", "FILE", "--plain")]
    [InlineData("does without the ticket", "send", "FILE", "--plain", "--to", ":9", "--ticket-file", "t")]
    [InlineData("--name is for standard input", "send", "FILE", "--name", "other")]
    [InlineData("'fast' is not a size", "send", "FILE", "--limit", "fast")]
    [InlineData("both want standard output", "receive", "--json", "-o", "-")]
    [InlineData("Use one of them", "receive", "-o", "a", "--into", "b")]
    [InlineData("does without the ticket", "receive", "--plain", "--ticket-file", "t")]
    [InlineData("'0' is not a number", "receive", "--max-files", "0")]
    [InlineData("nothing can be received there.", "receive", "--into", "nowhere")]
    [InlineData("names a device of Windows", "receive", "-o", "NUL")]
    public async Task A_mistake_is_told_before_anything_is_done(string words, params string[] arguments)
    {
        var file = _folder.Write("file", "text");
        await using var run = CommandRun.Start([.. arguments.Select(each => each == "FILE" ? file : each)]);

        Assert.Equal(2, await run.Exit);
        Assert.Contains(words, run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_are_told_in_JSON_on_both_ends()
    {
        var file = _folder.Write("file", "text");
        await using var receive = CommandRun.StartIn(InFolder, "receive", "--json");
        var listening = await receive.WaitForEventAsync("listening");
        var ticket = listening.GetProperty("ticket").GetString()!;
        await using var send = CommandRun.StartIn(
            surroundings => surroundings with { Input = new MemoryStream(Encoding.UTF8.GetBytes(ticket)) },
            "send", _folder.Write("sent", "text"), "--json");

        Assert.Equal(0, await send.Exit);
        Assert.Equal(0, await receive.Exit);
        Assert.Equal(4, (await receive.WaitForEventAsync("received")).GetProperty("bytes").GetInt64());
        Assert.Equal(1, (await send.WaitForEventAsync("sent")).GetProperty("files").GetInt32());
        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(Inbox, "sent")));
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task A_used_ticket_and_a_wrong_one_are_told_apart_from_a_wrong_address()
    {
        await using var receive = CommandRun.StartIn(InFolder, "receive", "--ticket-file", "t");
        await receive.Error.WaitForLineAsync("Receiving into");
        await using var other = CommandRun.StartIn(
            surroundings => InFolder(surroundings) with { Interrupts = surroundings.Interrupts },
            "receive", "--json");
        var endpoint = (await other.WaitForEventAsync("listening")).GetProperty("endpoint").GetString()!;
        var (file, ticket) = (_folder.Write("file", "text"), Path.Combine(Inbox, "t"));

        await using var elsewhere = await CommandRun.RunAsync("send", file, "--ticket-file", ticket, "--to", endpoint);
        Assert.Equal(5, await elsewhere.Exit);
        Assert.Contains("is not the receiver that made the ticket", elsewhere.Error.Text, StringComparison.Ordinal);

        await using var right = await CommandRun.RunAsync("send", file, "--ticket-file", ticket);
        Assert.Equal(0, await right.Exit);
        Assert.Equal(0, await receive.Exit);

        await using var again = await CommandRun.RunAsync("send", file, "--ticket-file", ticket);
        Assert.Equal(3, await again.Exit);
        Assert.Contains("The receiver has ended", again.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_terminal_there_is_a_bar_that_is_taken_away_at_the_end()
    {
        var file = _folder.Write("file", new string('x', 400_000));
        await using var receive = CommandRun.StartIn(InFolder, "receive", "--ticket-file", "t");
        await receive.Error.WaitForLineAsync("Receiving into");
        await using var send = CommandRun.StartIn(
            surroundings => surroundings with { Terminals = Terminals.Error }, "send", file,
            "--ticket-file", Path.Combine(Inbox, "t"), "--limit", "1M", "--color", "never");

        Assert.Equal(0, await send.Exit);
        Assert.Matches(@"file ━+─* +[0-9]+% .*/s .*left", send.Error.Text);
        Assert.Contains("\r\e[2K1 file sent and verified", send.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_protection_both_ends_say_so_aloud()
    {
        var file = _folder.Write("file", "text");
        await using var receive = CommandRun.StartIn(InFolder, "receive", "--plain", "--json");
        var listening = await receive.WaitForEventAsync("listening");
        await using var send = await CommandRun.RunAsync(
            "send", file, "--plain", "--to", listening.GetProperty("endpoint").GetString()!);

        Assert.Equal(0, await send.Exit);
        Assert.Equal(0, await receive.Exit);
        Assert.StartsWith("WARNING: --plain: nothing is encrypted", send.Error.Text, StringComparison.Ordinal);
        Assert.Contains("WARNING: --plain", receive.Output.Text, StringComparison.Ordinal);
    }

    private string Inbox => Directory.CreateDirectory(Path.Combine(_folder.Path, "inbox")).FullName;

    private Surroundings InFolder(Surroundings surroundings) => surroundings with { Folder = Inbox };
}
