namespace Switchboard.Tests.Connections;

public class ConnectionViewTests
{
    [Fact]
    public async Task A_pipe_that_is_completed_with_an_exception_resets_the_connection()
    {
        var (near, far) = Connection.CreatePair();
        var writer = near.AsPipeWriter();
        await writer.WriteAsync("half an answ"u8.ToArray());

        await writer.CompleteAsync(new InvalidDataException("the other half is missing"));

        await far.ReceiveExactlyAsync(new byte[12]).Soon();
        await Assert.ThrowsAsync<ConnectionResetException>(() => far.ReceiveAsync(new byte[1]).Soon());
        Assert.Equal(EndReason.Aborted, (await near.Closed.Soon()).Reason);
        far.Abort();
    }

    [Fact]
    public async Task A_pipe_that_is_completed_finishes_sending_and_leaves_receiving_open()
    {
        var (near, far) = Connection.CreatePair();
        await near.AsPipeWriter().CompleteAsync();

        Assert.Equal(0, await far.ReceiveAsync(new byte[1]).Soon());
        await far.SendAsync("an answer"u8.ToArray());
        await near.ReceiveExactlyAsync(new byte[9]).Soon();
        near.Abort();
        far.Abort();
    }
}
