using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Datagrams;

public sealed class DatagramBatchTests
{
    public static TheoryData<string, string> Places => DatagramPlaces.All;

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_batch_arrives_datagram_by_datagram_whatever_joined_it(string endpoint, string engine)
    {
        await using var server = await DatagramPlaces.BindAsync(endpoint, engine);
        await using var client = await DatagramPlaces.ConnectAsync(server.Local, engine);
        int[] lengths = [1200, 1200, 1200, 100, 0, 7, 1200, 1300, 1300, 2000, 2, 2, 1];
        var sent = new DatagramBatch();
        foreach (var (index, length) in lengths.Index())
        {
            Assert.True(sent.TryAdd(Enumerable.Repeat((byte)index, length).ToArray()));
        }

        await client.SendBatchAsync(sent).AsTask().Soon();

        Assert.Equal(lengths.Length, sent.Sent);
        var received = await ReceiveAllAsync(server, lengths.Length);
        Assert.Equal(lengths.Select((length, index) => Enumerable.Repeat((byte)index, length)), received);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_received_batch_goes_back_to_whom_it_came_from(string endpoint, string engine)
    {
        await using var server = await DatagramPlaces.BindAsync(endpoint, engine);
        await using var first = await DatagramPlaces.ConnectAsync(server.Local, engine);
        await using var second = await DatagramPlaces.ConnectAsync(server.Local, engine);
        await first.SendAsync("one"u8.ToArray());
        await second.SendAsync("three"u8.ToArray());
        await first.SendAsync("seventh"u8.ToArray());
        var batch = new DatagramBatch();
        for (var answered = 0; answered < 3; answered += batch.Count)
        {
            await server.ReceiveBatchAsync(batch).Soon();
            await server.SendBatchAsync(batch).AsTask().Soon();
        }

        Assert.Equal([3, 7], (await ReceiveAllAsync(first, 2)).Select(each => each.Length));
        Assert.Equal([5], (await ReceiveAllAsync(second, 1)).Select(each => each.Length));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Single_receives_and_batches_take_turns_without_loss(string endpoint, string engine)
    {
        await using var server = await DatagramPlaces.BindAsync(endpoint, engine);
        await using var client = await DatagramPlaces.ConnectAsync(server.Local, engine);
        var sent = new DatagramBatch();
        for (byte i = 0; i < 30; i++)
        {
            sent.TryAdd(Enumerable.Repeat(i, 500).ToArray());
        }

        var got = new List<byte>();
        var batch = new DatagramBatch(maxDatagrams: 3);
        var buffer = new byte[ushort.MaxValue];
        await client.SendAsync(new byte[] { 99 });
        await server.ReceiveBatchAsync(batch).Soon();
        await client.SendBatchAsync(sent).AsTask().Soon();
        while (got.Count < 30)
        {
            Assert.Equal(500, (await server.ReceiveAsync(buffer).Soon()).Length);
            got.Add(buffer[0]);
            if (got.Count < 30)
            {
                await server.ReceiveBatchAsync(batch).Soon();
                got.AddRange(Enumerable.Range(0, batch.Count).Select(index => batch[index].Span[0]));
            }
        }

        Assert.Equal(Enumerable.Range(0, 30).Select(each => (byte)each), got);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task What_does_not_fit_is_told_of_a_batch_as_well(string endpoint, string engine)
    {
        await using var server = await DatagramPlaces.BindAsync(endpoint, engine);
        await using var client = await DatagramPlaces.ConnectAsync(server.Local, engine);
        var batch = new DatagramBatch(maxDatagrams: 4, maxDatagramBytes: 10);
        await client.SendAsync(new byte[100]);
        await server.ReceiveBatchAsync(batch).Soon();
        var received = batch.Describe(0);

        // A kernel that joins datagrams is given room for any.
        Assert.Equal(received.Length < 100, received.IsTruncated);
        Assert.Equal(100, received.OriginalLength);
        Assert.Equal(client.Local, received.From.ToEndpoint());

        await client.SendAsync(new byte[100]);
        var cut = await server.ReceiveAsync(new byte[20]).Soon();
        Assert.Equal((20, true, 100), (cut.Length, cut.IsTruncated, cut.OriginalLength));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_batch_that_fills_the_way_waits_for_room(string endpoint, string engine)
    {
        await using var server = await DatagramPlaces.BindAsync(endpoint, engine);
        await using var client = await DatagramSocket.ConnectAsync(
            server.Local, DatagramPlaces.On(engine) with { SendBufferBytes = 4096 });
        var batch = new DatagramBatch(maxDatagrams: 500, maxDatagramBytes: 1200);
        while (batch.TryAdd(new byte[1200 - batch.Count]))
        {
        }

        await client.SendBatchAsync(batch).AsTask().Soon();

        Assert.Equal((500, 500), (batch.Count, batch.Sent));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_batch_that_fails_says_how_many_were_sent(string endpoint, string engine)
    {
        var dead = DatagramPlaces.Dead(endpoint);
        await using var client = await DatagramPlaces.ConnectAsync(dead, engine);
        await client.SendAsync("x"u8.ToArray());
        var batch = new DatagramBatch();
        batch.TryAdd("y"u8);

        // The refusal of the first is there already, over loopback.
        await Assert.ThrowsAsync<ConnectionRefusedException>(() => client.SendBatchAsync(batch).AsTask()).Soon();

        Assert.Equal(0, batch.Sent);
    }

    [Fact]
    public void A_full_batch_takes_no_more()
    {
        var batch = new DatagramBatch(maxDatagrams: 2, maxDatagramBytes: 60_000);

        Assert.True(batch.TryAdd(new byte[65_000]));
        Assert.False(batch.TryAdd(new byte[60_000]));
        Assert.True(batch.TryAdd(new byte[55_000]));
        Assert.False(batch.TryAdd([]));
        batch.Clear();
        Assert.True(batch.TryAdd([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch[1]);
    }

    [Fact]
    public async Task A_batch_without_addresses_needs_a_peer()
    {
        await using var server = await DatagramSocket.BindAsync("udp://127.0.0.1:0");
        var batch = new DatagramBatch();
        batch.TryAdd("to whom?"u8);

        await Assert.ThrowsAsync<InvalidOperationException>(() => server.SendBatchAsync(batch).AsTask());
    }

    private static async Task<List<byte[]>> ReceiveAllAsync(DatagramSocket socket, int count)
    {
        var received = new List<byte[]>();
        var batch = new DatagramBatch();
        while (received.Count < count)
        {
            await socket.ReceiveBatchAsync(batch).Soon();
            for (var i = 0; i < batch.Count; i++)
            {
                received.Add(batch[i].ToArray());
            }
        }

        return received;
    }
}
