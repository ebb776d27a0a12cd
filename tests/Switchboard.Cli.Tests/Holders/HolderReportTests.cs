using Switchboard.Board.Kernel;
using Switchboard.Cli.Holders;

namespace Switchboard.Cli.Tests.Holders;

public sealed class HolderReportTests
{
    private static readonly OwningProcess Python = new(4711, "python3");

    [Fact]
    public void Sockets_that_differ_only_in_the_peer_share_a_row()
    {
        var rows = HolderReport.RowsOf(
        [
            Held(SocketState.Listen, inode: 5, Python),
            Held(SocketState.Established, inode: 6, Python) with { Remote = "tcp://127.0.0.1:40000" },
            Held(SocketState.Established, inode: 7),
            Held(SocketState.TimeWait, inode: 0) with { Remote = "tcp://127.0.0.1:40001" },
            Held(SocketState.TimeWait, inode: 0) with { Remote = "tcp://127.0.0.1:40002" },
        ]);

        Assert.Equal(
            [
                "LISTEN|127.0.0.1:8000|-|python3 (pid 4711)|ada",
                "ESTABLISHED|127.0.0.1:8000|127.0.0.1:40000|python3 (pid 4711)|ada",
                "ESTABLISHED|127.0.0.1:8000|-|(hidden)|ada",
                "TIME_WAIT|127.0.0.1:8000|2 peers|-|ada",
            ],
            rows.Select(row => string.Join('|', row)));
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

    private static Holder Held(SocketState state, long inode, params OwningProcess[] processes) =>
        new(state, "tcp://127.0.0.1:8000", Remote: null, "ada", inode, processes);
}
