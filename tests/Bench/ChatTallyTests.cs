using Switchboard.Bench.Load.Generating;

namespace Switchboard.Bench.Tests;

public sealed class ChatTallyTests
{
    private readonly ChatTally _tally = new(members: 3, senders: 2);

    [Fact]
    public void Everybody_but_the_sender_is_due_each_message()
    {
        Assert.Equal(0, _tally.CountSent(0));
        Assert.Equal(1, _tally.CountSent(0));
        Assert.Equal(0, _tally.CountSent(1));

        Assert.Equal(6, _tally.Due);
        Assert.Equal(6, _tally.CountLost());
    }

    [Fact]
    public void What_everybody_got_once_is_neither_lost_nor_doubled()
    {
        Deliver(messages: 2, to: [1, 2]);

        Assert.Equal((4, 0, 0), (_tally.Delivered, _tally.Doubled, _tally.CountLost()));
    }

    [Fact]
    public void What_comes_again_is_doubled()
    {
        Deliver(messages: 2, to: [1, 2]);
        _tally.CountDelivered(member: 1, sender: 0, count: 1);

        Assert.Equal((5, 1, 0), (_tally.Delivered, _tally.Doubled, _tally.CountLost()));
    }

    [Fact]
    public void What_is_left_out_is_lost()
    {
        Deliver(messages: 1, to: [1, 2]);
        _tally.CountSent(0);
        _tally.CountSent(0);
        _tally.CountDelivered(member: 1, sender: 0, count: 2);
        _tally.CountDelivered(member: 2, sender: 0, count: 1);
        _tally.CountDelivered(member: 2, sender: 0, count: 2);

        Assert.Equal(1, _tally.CountLost());
    }

    [Fact]
    public void What_does_not_come_at_the_end_is_lost()
    {
        Deliver(messages: 1, to: [1, 2]);
        Deliver(messages: 3, to: [1]);

        Assert.Equal(3, _tally.CountLost());
    }

    private void Deliver(int messages, int[] to)
    {
        for (var message = 0; message < messages; message++)
        {
            var count = _tally.CountSent(0);
            foreach (var member in to)
            {
                _tally.CountDelivered(member, sender: 0, count);
            }
        }
    }
}
