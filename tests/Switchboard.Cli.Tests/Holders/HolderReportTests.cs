using Switchboard.Cli.Holders;

namespace Switchboard.Cli.Tests.Holders;

public sealed class HolderReportTests
{
    private static readonly OwningProcess Python = new(4711, "python3");

    [Fact]
    public void The_table_lines_its_columns_up_and_counts_peers()
    {
        var table = HolderReport.TableOf(
        [
            Held(SocketState.Listen, inode: 5, Python),
            Held(SocketState.TimeWait, inode: 0) with { Remote = "tcp://127.0.0.1:40001" },
            Held(SocketState.TimeWait, inode: 0) with { Remote = "tcp://127.0.0.1:40002" },
        ]);

        Assert.Equal(
            """
            STATE      LOCAL           PEER     PROCESS             USER
            LISTEN     127.0.0.1:8000  -        python3 (pid 4711)  ada
            TIME_WAIT  127.0.0.1:8000  2 peers  -                   ada

            """,
            table);
    }

    [Theory]
    [InlineData(Sight.OwnProcesses, "sudo")]
    [InlineData(Sight.Everything, "another container")]
    public void A_process_that_cannot_be_seen_is_said_to_be_so(object sight, string next)
    {
        var note = Assert.Single(HolderReport.NotesOn([Held(SocketState.Listen, inode: 5)], (Sight)sight));

        Assert.Contains("user ada", note, StringComparison.Ordinal);
        Assert.Contains(next, note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SocketState.TimeWait, "for a minute")]
    [InlineData(SocketState.Established, "not accepted")]
    [InlineData(SocketState.FinWait2, "saying goodbye")]
    public void A_socket_that_nobody_owns_is_explained_once(object state, string words)
    {
        var holder = Held((SocketState)state, inode: 0);

        var note = Assert.Single(HolderReport.NotesOn([holder, holder], Sight.OwnProcesses));

        Assert.Contains(words, note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_listener_of_a_visible_process_needs_no_words()
    {
        Assert.Empty(HolderReport.NotesOn([Held(SocketState.Listen, inode: 5, Python)], Sight.OwnProcesses));
    }

    [Fact]
    public void A_busy_port_names_the_listener_and_not_its_connections()
    {
        var other = new OwningProcess(1, "init");

        Assert.Equal(
            "127.0.0.1:8000 is held by python3 (pid 4711). Use :0 for a free port.",
            BusyPort.Explain(
                "127.0.0.1:8000",
                [Held(SocketState.Listen, inode: 5, Python), Held(SocketState.Established, inode: 6, other)]));
    }

    [Fact]
    public void A_busy_port_of_a_hidden_process_says_how_to_see_it()
    {
        Assert.Equal(
            "127.0.0.1:8000 is held by a process of user ada; \"sudo switchboard who :8000\" names it. "
            + "Use :0 for a free port.",
            BusyPort.Explain("127.0.0.1:8000", [Held(SocketState.Listen, inode: 5)]));
    }

    [Fact]
    public void A_busy_port_that_nobody_seems_to_hold_is_said_to_be_in_use()
    {
        Assert.StartsWith("127.0.0.1:8000 is in use;", BusyPort.Explain("127.0.0.1:8000", []), StringComparison.Ordinal);
    }

    private static Holder Held(SocketState state, long inode, params OwningProcess[] processes) =>
        new(state, "tcp://127.0.0.1:8000", Remote: null, "ada", inode, processes);
}
