using System.IO.Pipelines;
using Switchboard.Cli.Running;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Conversations;

public sealed class TranscriptTests
{
    [Theory]
    [InlineData("hello", "\n\nSent 0 B, received 5 B")]
    [InlineData("hello\n", "\nSent 0 B, received 6 B")]
    [InlineData("", "\nSent 0 B, received 0 B")]
    public async Task On_a_terminal_our_words_never_continue_a_line_of_the_peer(string said, string told)
    {
        await using var listener = await Peer.TakePortAsync();
        await using var run = CommandRun.StartIn(
            world => world with { Terminals = Terminals.Output | Terminals.Error },
            "connect", $"{listener.Local}", "--color", "never");
        await using var peer = await listener.AcceptAsync(Deadline.Soon);
        await Peer.SendAsync(peer, said);
        await Peer.FinishAsync(peer);

        Assert.Equal(0, await run.Exit);
        Assert.Equal(said, run.Output.Text);
        Assert.Matches($"^Connected: [^\n]+{told}", run.Error.Text);
    }

    [Fact]
    public async Task An_interrupt_is_not_told_on_the_line_that_is_being_typed()
    {
        await using var listener = await Peer.TakePortAsync();
        await using var run = CommandRun.StartIn(
            world => world with { Terminals = Terminals.Input | Terminals.Error, Input = new Pipe().Reader.AsStream() },
            "connect", $"{listener.Local}", "--color", "never");
        await using var peer = await listener.AcceptAsync(Deadline.Soon);
        await run.Error.WaitForLineAsync("Connected");

        run.Interrupt();
        await Peer.FinishAsync(peer);

        Assert.Equal(130, await run.Exit);
        Assert.Matches("^Connected: [^\n]+\n\nInterrupted: ", run.Error.Text);
    }

    [Fact]
    public async Task Where_no_terminal_is_the_payload_stays_as_it_came()
    {
        await using var listener = await Peer.TakePortAsync();
        await using var run = CommandRun.Start("connect", $"{listener.Local}");
        await using var peer = await listener.AcceptAsync(Deadline.Soon);
        await Peer.SendAsync(peer, "hello");
        await Peer.FinishAsync(peer);

        Assert.Equal(0, await run.Exit);
        Assert.Equal("hello", run.Output.Text);
        Assert.Equal("", run.Error.Text);
    }
}
