using System.Globalization;
using System.IO.Pipelines;
using System.IO.Pipes;
using System.Text;
using Switchboard.Transports;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports;

/// <summary>The wire over the standard streams, with streams of the test's: its own belong to the runner.</summary>
public sealed class StandardTransportTests
{
    private readonly Pipe _input = new();
    private readonly Pipe _output = new();
    private int _finished;

    [Fact]
    public async Task Input_is_received_and_what_is_sent_goes_to_output()
    {
        await using var connection = Connect();
        await _input.Writer.WriteAsync("in"u8.ToArray());
        var buffer = new byte[10];

        Assert.Equal(2, await connection.ReceiveAsync(buffer).Soon());
        await connection.SendAsync("out"u8.ToArray()).Soon();

        Assert.Equal("out", Encoding.ASCII.GetString((await _output.Reader.ReadAsync()).Buffer.FirstSpan));
        await _input.Writer.CompleteAsync();
    }

    [Fact]
    public async Task Completing_sending_closes_the_output_once_and_input_goes_on()
    {
        await using var connection = Connect();

        await connection.CompleteSendingAsync();
        await connection.CompleteSendingAsync();
        await _input.Writer.WriteAsync("x"u8.ToArray());

        Assert.Equal(1, await connection.ReceiveAsync(new byte[1]).Soon());
        await _input.Writer.CompleteAsync();
        await connection.DisposeAsync();
        Assert.Equal(1, _finished);
        Assert.Equal(EndReason.Finished, (await connection.Closed).Reason);
    }

    [Fact]
    public async Task A_cancelled_receive_leaves_its_bytes_to_the_next_one()
    {
        await using var connection = Connect();
        using var cancel = new CancellationTokenSource();
        var buffer = new byte[10];
        var cancelled = connection.ReceiveAsync(buffer, cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.Soon());

        await _input.Writer.WriteAsync("late"u8.ToArray());
        await _input.Writer.CompleteAsync();

        Assert.Equal("late"u8.ToArray(), await connection.ReceiveToEndAsync(maxBytes: 10).Soon());
    }

    [Fact]
    public async Task Cancelling_the_receive_before_there_is_one_cancels_the_next_and_no_other()
    {
        var wire = CreateWire();
        var buffer = new byte[1];

        wire.CancelReceive();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => wire.ReceiveAsync(buffer, CancellationToken.None).Soon());
        await _input.Writer.WriteAsync("x"u8.ToArray());

        Assert.Equal(1, await wire.ReceiveAsync(buffer, CancellationToken.None).Soon());
        wire.Close();
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => wire.ReceiveAsync(buffer, CancellationToken.None).Soon());
    }

    [Fact]
    public async Task A_send_that_waits_for_room_can_be_cancelled()
    {
        await using var connection = Connect();
        using var cancel = new CancellationTokenSource();
        var sending = connection.SendAsync(new byte[1024 * 1024], cancel.Token).AsTask();
        Assert.False(sending.IsCompleted);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.Soon());
        await _input.Writer.CompleteAsync();
    }

    [Theory]
    [InlineData(32, typeof(ConnectionResetException), "nobody reads")]
    [InlineData(28, typeof(ConnectionException), "disk full")]
    public async Task A_reader_who_has_gone_is_told_from_a_disk_that_is_full(int number, Type expected, string words)
    {
        await using var failing = new Connection(new StandardWire(
            _input.Reader.AsStream(), new FailingStream(new IOException("disk full", number)), true, () => { }));

        var error = await Assert.ThrowsAnyAsync<ConnectionException>(() => failing.SendAsync(new byte[1]).Soon());

        Assert.Equal(expected, error.GetType());
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        await _input.Writer.CompleteAsync();
    }

    [Fact]
    public async Task Aborting_ends_a_receive_that_nothing_can_wake()
    {
        var connection = Connect();
        var receiving = connection.ReceiveAsync(new byte[1]).AsTask();

        connection.Abort();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => receiving.Soon());
        Assert.Equal(0, _finished);
    }

    [Fact]
    public async Task The_standard_streams_cannot_be_listened_at()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Listener.BindAsync("-"));

        Assert.Contains("connected to and not listened at", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finishing_ends_a_pipe_for_its_reader_whoever_has_a_copy_and_leaves_the_number_usable()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the output cannot be finished.");
        await using var reader = new AnonymousPipeServerStream(PipeDirection.In);
        var number = int.Parse(reader.GetClientHandleAsString(), CultureInfo.InvariantCulture);
        using var copy = File.OpenHandle($"/proc/self/fd/{number}", FileMode.Open, FileAccess.Write);

        StandardOutput.Finish(number);

        Assert.Equal(0, await reader.ReadAsync(new byte[1]).Soon());
        Assert.Equal("/dev/null", DescriptorTable.TargetOf(number));
        RandomAccess.Write(copy, "to nobody"u8, fileOffset: 0);
    }

    private Connection Connect() => new(CreateWire(), Untimed.Connection);

    private StandardWire CreateWire() => new(
        _input.Reader.AsStream(), _output.Writer.AsStream(), canHalfClose: true, () => _finished++);

    private sealed class FailingStream(IOException failure) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken) =>
            ValueTask.FromException(failure);
    }
}
