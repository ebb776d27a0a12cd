using System.Diagnostics;
using System.Text;
using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports;

public sealed class ExecTransportTests
{
    private const int ManyBytes = 10 * 1024 * 1024;

    public ExecTransportTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Uses the programs of Unix.");

    [Fact]
    public async Task What_is_sent_the_program_reads_and_what_it_writes_is_received()
    {
        await using var sort = await Connection.ConnectAsync("exec:sort -r");

        await sort.SendAsync("a\nc\nb\n"u8.ToArray());
        await sort.CompleteSendingAsync();

        Assert.Equal("c\nb\na\n", Encoding.UTF8.GetString(await sort.ReceiveToEndAsync(maxBytes: 100).Soon()));
    }

    [Fact]
    public async Task Ten_megabytes_go_there_and_back()
    {
        var bytes = new byte[ManyBytes];
        new Random(1).NextBytes(bytes);
        await using var cat = await Connection.ConnectAsync("exec:cat", Untimed.Connect);

        var sending = SendAllAsync(cat, bytes);
        var received = await cat.ReceiveToEndAsync(ManyBytes).Soon();
        await sending.Soon();

        Assert.True(received.AsSpan().SequenceEqual(bytes));
        await cat.DisposeAsync();
        Assert.Equal(EndReason.Finished, (await cat.Closed).Reason);
    }

    [Fact]
    public async Task Arguments_are_given_as_they_are_and_no_shell_looks_at_them()
    {
        await using var printf = await Connection.ConnectAsync(
            ExecEndpoint.From("printf", "%s|", "two words", "$HOME", "*", "\"", "; true"));

        var printed = await printf.ReceiveToEndAsync(maxBytes: 100).Soon();

        Assert.Equal("two words|$HOME|*|\"|; true|", Encoding.UTF8.GetString(printed));
    }

    [Fact]
    public async Task A_receive_that_is_cancelled_loses_nothing_wherever_it_is_cancelled()
    {
        const int Rounds = 200;
        await using var cat = await Connection.ConnectAsync("exec:cat");
        var received = new List<byte>();
        var buffer = new byte[16];
        for (var round = 0; round < Rounds; round++)
        {
            using var cancel = new CancellationTokenSource();
            var receiving = cat.ReceiveAsync(buffer, cancel.Token).AsTask();
            await cat.SendAsync(new[] { (byte)round });
            await cancel.CancelAsync();
            try
            {
                received.AddRange(buffer[..await receiving.Soon()]);
            }
            catch (OperationCanceledException)
            {
                // Its byte comes with a later receive.
            }
        }

        await cat.CompleteSendingAsync();
        received.AddRange(await cat.ReceiveToEndAsync(Rounds).Soon());

        Assert.Equal(Enumerable.Range(0, Rounds).Select(round => (byte)round), received);
    }

    [Fact]
    public async Task An_empty_receive_waits_for_output_and_takes_none_of_it()
    {
        await using var cat = await Connection.ConnectAsync("exec:cat");

        var waiting = cat.ReceiveAsync(Memory<byte>.Empty).AsTask();
        Assert.False(waiting.IsCompleted);
        await cat.SendAsync("x"u8.ToArray());

        Assert.Equal(0, await waiting.Soon());
        var buffer = new byte[10];
        Assert.Equal(1, await cat.ReceiveAsync(buffer).Soon());
    }

    [Fact]
    public async Task A_program_that_fails_is_told_from_one_that_ends_and_its_output_comes_first()
    {
        await using var failing = await Connection.ConnectAsync(
            Shell("printf part; exit 7"), Untimed.Connect);
        var part = new byte[4];
        await failing.ReceiveExactlyAsync(part).Soon();

        var error = await Assert.ThrowsAsync<ProgramFailedException>(() => failing.ReceiveAsync(new byte[1]).Soon());

        Assert.Equal("part"u8.ToArray(), part);
        Assert.Equal(7, error.ExitCode);
        await failing.DisposeAsync();
        var end = await failing.Closed;
        Assert.Equal(EndReason.PeerReset, end.Reason);
        Assert.Same(error, end.Error);
    }

    [Fact]
    public async Task The_exit_code_is_in_the_end_when_nobody_received_it()
    {
        var failing = await Connection.ConnectAsync(Shell("exit 3"), Untimed.Connect);

        await failing.DisposeAsync();

        Assert.Equal(3, Assert.IsType<ProgramFailedException>((await failing.Closed).Error).ExitCode);
    }

    [Fact]
    public async Task Sending_to_a_program_that_has_gone_fails_as_to_any_peer()
    {
        await using var gone = await Connection.ConnectAsync("exec:true");
        await gone.ReceiveToEndAsync(maxBytes: 1).Soon();

        await Assert.ThrowsAsync<ConnectionResetException>(() => gone.SendAsync(new byte[100]).Soon());
    }

    [Theory]
    [InlineData("no-such-program-anywhere", "in the folders of PATH")]
    [InlineData("./no-such-program", "Check the path")]
    [InlineData("/", "Check the path")]
    [InlineData("/etc/passwd", "may run")]
    public async Task A_program_that_cannot_be_started_is_named_with_what_to_do(string program, string cure)
    {
        var error = await Assert.ThrowsAsync<ConnectionException>(
            () => Connection.ConnectAsync(ExecEndpoint.From(program)));

        Assert.Equal("connect", error.Operation);
        Assert.Contains(program, error.Problem, StringComparison.Ordinal);
        Assert.Contains(cure, error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_cannot_be_listened_at()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Listener.BindAsync("exec:cat"));

        Assert.Contains("connected to and not listened at", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aborting_kills_the_program_and_what_it_has_started()
    {
        var connection = await Connection.ConnectAsync(Shell("sleep 1000 & echo $! $$; wait"));
        var ids = await ReceiveIdsAsync(connection);

        connection.Abort();

        await Waiting.UntilAsync(() => !ids.Any(IsRunning));
    }

    [Fact]
    public async Task A_program_that_does_not_end_is_killed_when_the_patience_with_it_is_over()
    {
        var clock = new ManualClock();
        var options = new ConnectOptions
        {
            Connection = new ConnectionOptions { TimeProvider = clock, CloseTimeout = TimeSpan.Zero },
        };
        var connection = await Connection.ConnectAsync(Shell("echo $$; exec sleep 1000"), options);
        var id = Assert.Single(await ReceiveIdsAsync(connection));
        await connection.DisposeAsync();
        Assert.True(IsRunning(id));

        clock.Advance(TimeSpan.FromSeconds(2));

        await Waiting.UntilAsync(() => !IsRunning(id));
    }

    [Fact]
    public async Task The_program_gets_none_of_this_process_s_sockets()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        await using var listener = await Listener.BindAsync("tcp://localhost:0");
        await using var other = await Connection.ConnectAsync("exec:cat");
        await using var listing = await Connection.ConnectAsync("exec:ls -l /proc/self/fd");

        var open = Encoding.UTF8.GetString(await listing.ReceiveToEndAsync(maxBytes: 100_000).Soon());

        Assert.DoesNotContain("socket:", open, StringComparison.Ordinal);
        Assert.DoesNotContain("eventpoll", open, StringComparison.Ordinal);
    }

    private static ExecEndpoint Shell(string script) => ExecEndpoint.From("sh", "-c", script);

    private static async Task SendAllAsync(Connection connection, byte[] bytes)
    {
        await connection.SendAsync(bytes);
        await connection.CompleteSendingAsync();
    }

    private static async Task<int[]> ReceiveIdsAsync(Connection connection)
    {
        var line = await connection.ReceiveUntilAsync("\n"u8.ToArray(), maxBytes: 100).Soon();
        return [.. Encoding.ASCII.GetString(line!).Split(' ').Select(int.Parse)];
    }

    /// <summary>A process that has ended and that nobody has asked for its exit code does not run.</summary>
    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            var state = OperatingSystem.IsLinux() ? File.ReadAllText($"/proc/{id}/stat") : "";
            return !process.HasExited && !state.Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is ArgumentException or IOException)
        {
            return false;
        }
    }
}
