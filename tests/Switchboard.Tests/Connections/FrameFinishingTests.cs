namespace Switchboard.Tests.Connections;

public class FrameFinishingTests
{
    [Fact]
    public async Task Finishing_behind_the_only_frame_of_a_connection_waits_for_the_finish_under_way()
    {
        var gate = new TaskCompletionSource();
        var (near, wire, far) = CreatePair(gate);
        await using var only = near.Frames(Framing.UntilClose(100));
        Assert.True(only.TrySend("whole"u8.ToArray()));
        await Waiting.UntilAsync(() => wire.Completions > 0);
        var finishing = only.CompleteSendingAsync();
        gate.SetResult();

        await finishing.Soon();
        Assert.Equal("whole"u8.ToArray(), await far.ReceiveToEndAsync(100).Soon());
        Assert.Equal(1, wire.Completions);
        near.Abort();
        far.Abort();
    }

    [Fact]
    public async Task The_only_frame_finishes_sending_even_if_it_is_empty_and_nobody_waits_for_it()
    {
        var (near, far) = Connection.CreatePair();
        await using var only = near.Frames(Framing.UntilClose(100));
        Assert.True(only.TrySend(ReadOnlyMemory<byte>.Empty));

        Assert.Empty(await far.ReceiveToEndAsync(100).Soon());
        near.Abort();
        far.Abort();
    }

    private static (Connection Near, StubbornWire Wire, Connection Far) CreatePair(TaskCompletionSource completeGate)
    {
        var (client, server) = Switchboard.Transports.MemoryWire.CreatePair("near", "far");
        var wire = new StubbornWire(client) { CompleteGate = completeGate };
        return (new Connection(wire), wire, new Connection(server));
    }
}
