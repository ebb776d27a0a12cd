using Switchboard.Board.Events;
using Switchboard.Testing;

namespace Switchboard.Board.Tests.Events;

/// <summary>What a connection does is kept for who takes it, within limits, and what is lost is told.</summary>
public sealed class TrafficLogTests
{
    private readonly TrafficLog _log = new(new ManualClock(), static () => { });

    [Fact]
    public async Task Calls_and_bytes_are_kept_in_order_until_they_are_taken()
    {
        var (near, far) = Connection.CreatePair();
        using var observing = near.Observe(_log);
        await near.SendAsync("abc"u8.ToArray());
        await near.CompleteSendingAsync();
        near.Abort();
        far.Abort();

        Assert.Equal(["sending", "sent", "finished", "ended"], _log.Take().Select(told => told.Name));
        Assert.Empty(_log.Take());
    }

    [Fact]
    public void Who_takes_too_slowly_is_told_how_much_is_missing()
    {
        const int Piece = 60 * 1024;
        var (near, far) = Connection.CreatePair();
        for (var count = 0; count < 10; count++)
        {
            _log.Sent(near, new byte[Piece]);
        }

        var kept = _log.Take();
        Assert.Equal(4, kept.Count);
        _log.Sent(near, new byte[1]);

        var skipped = Assert.Single(_log.Take(), told => told.Name == "skipped");
        Assert.Equal(6 * Piece, skipped.Bytes);
        near.Abort();
        far.Abort();
    }

    [Fact]
    public void A_long_piece_is_cut_and_its_rest_told()
    {
        var (near, far) = Connection.CreatePair();
        _log.Received(near, new byte[100 * 1024]);
        _log.PeerFinished(near);

        var told = _log.Take();
        Assert.Equal(64 * 1024, told[0].Piece!.Length);
        Assert.Equal(("skipped", 36 * 1024L), (told[1].Name, told[1].Bytes!.Value));
        near.Abort();
        far.Abort();
    }
}
