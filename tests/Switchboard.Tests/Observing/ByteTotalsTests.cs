using Switchboard.Observing;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Observing;

[Collection(Alone.Name)]
public class ByteTotalsTests
{
    [Fact]
    public async Task When_connections_have_ended_every_byte_was_counted_once_each_way()
    {
        var (receivedBefore, sentBefore) = (ByteTotals.Received, ByteTotals.Sent);
        var random = new Random(7);
        long expected = 0;
        for (var round = 0; round < 10; round++)
        {
            var (near, far) = Connection.CreatePair();
            for (var sends = 0; sends < 8; sends++)
            {
                var bytes = new byte[random.Next(1, 60_000)];
                expected += bytes.Length;
                await near.SendAsync(bytes).Soon();
                await far.ReceiveExactlyAsync(bytes).Soon();
            }

            near.Abort();
            far.Abort();
        }

        Assert.Equal((expected, expected), (ByteTotals.Received - receivedBefore, ByteTotals.Sent - sentBefore));
    }

    [Theory]
    [InlineData(0, 65_535, 0)]
    [InlineData(0, 65_536, 65_536)]
    [InlineData(65_535, 1, 65_536)]
    [InlineData(1, 200_000, 196_608)]
    public void While_they_run_bytes_are_counted_in_whole_steps(long before, int count, long expected)
    {
        var total = ByteTotals.Received;
        ByteTotals.CountReceived(before, count);

        Assert.Equal(expected, ByteTotals.Received - total);
    }
}
