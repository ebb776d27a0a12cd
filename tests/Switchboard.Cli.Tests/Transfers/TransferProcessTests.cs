using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Transfers;

/// <summary>Real processes send and receive; some are killed. The seed is printed.</summary>
public sealed class TransferProcessTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _inbox;

    public TransferProcessTests() =>
        _inbox = Directory.CreateDirectory(Path.Combine(_folder.Path, "inbox")).FullName;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_go_from_one_process_to_another_with_a_ticket_in_a_pipe()
    {
        var path = WriteFile("report.bin", 3_000_000);
        await using var receive = RunningProgram.StartSwitchboard("receive", "--into", _inbox);
        var ticket = await receive.Output.WaitForLineAsync("swbt1-");
        await using var send = RunningProgram.StartSwitchboard("send", path);
        await send.WriteAsync(ticket + "\n");

        Assert.Equal(0, await send.ExitAsync());
        Assert.Equal(0, await receive.ExitAsync());
        Assert.Equal(DigestOf(path), DigestOf(Path.Combine(_inbox, "report.bin")));
        Assert.Equal(ticket + "\n", receive.Output.Text);
        Assert.Contains("1 file received and verified: 2.86 MiB", receive.Error.Text, StringComparison.Ordinal);
        Assert.Contains("1 file sent and verified: 2.86 MiB", send.Error.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\e", send.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Either_process_may_be_killed_again_and_again_and_the_file_arrives_whole()
    {
        // What is sent after the last kill takes three seconds, so that none comes too late.
        const int Length = 64_000_000;
        const int Killed = 40_000_000;
        var kills = int.Parse(
            Environment.GetEnvironmentVariable("SWITCHBOARD_KILLS") ?? "8", CultureInfo.InvariantCulture);
        var seed = Environment.GetEnvironmentVariable("SWITCHBOARD_SEED") is { } wanted
            ? (int)ulong.Parse(wanted, CultureInfo.InvariantCulture)
            : RandomNumberGenerator.GetInt32(int.MaxValue);
        TestContext.Current.TestOutputHelper?.WriteLine($"SWITCHBOARD_SEED={seed}");
        var random = new Random(seed);
        var path = WriteFile("big.bin", Length);
        var target = Path.Combine(_inbox, "big.bin");
        var (receive, ticket) = await StartReceiverAsync("first");
        for (var kill = 0; kill < kills; kill++)
        {
            await using var send = RunningProgram.StartSwitchboard(
                "send", path, "--ticket-file", ticket, "--limit", "8M");

            // From the first byte of this piece on, up to its end.
            var most = (long)Killed * (kill + 1) / (kills + 1);
            var least = Math.Max(1, (long)Killed * kill / (kills + 1));
            var at = random.NextInt64(least, most);
            await UntilAsync(() => LengthOfPart() >= at);
            if (random.Next(2) == 0)
            {
                await send.SignalAsync("KILL");
                await send.ExitAsync();
            }
            else
            {
                await receive.SignalAsync("KILL");
                await receive.ExitAsync();
                Assert.NotEqual(0, await send.ExitAsync());
                await receive.DisposeAsync();
                (receive, ticket) = await StartReceiverAsync($"{kill}");
            }

            Assert.False(File.Exists(target));
        }

        await using var last = RunningProgram.StartSwitchboard("send", path, "--ticket-file", ticket, "--json");
        Assert.Equal(0, await last.ExitAsync());
        Assert.Equal(0, await receive.ExitAsync());
        await receive.DisposeAsync();
        Assert.Equal(DigestOf(path), DigestOf(target));
        Assert.Equal([target], Directory.GetFileSystemEntries(_inbox));
        using var sent = JsonDocument.Parse(
            last.Output.Lines.Single(line => line.Contains("\"sent\"", StringComparison.Ordinal)));
        Assert.InRange(sent.RootElement.GetProperty("bytesResumed").GetInt64(), Killed / 2, Length);
    }

    [Fact]
    public async Task What_a_program_writes_goes_to_what_another_one_reads()
    {
        var ticket = Path.Combine(_folder.Path, "ticket");
        await using var receive = RunningProgram.StartSwitchboard("receive", "-o", "-", "--ticket-file", ticket);
        await receive.Error.WaitForLineAsync("Receiving into");
        await using var send = RunningProgram.StartSwitchboard("send", "-", "--ticket-file", ticket);
        await send.WriteAsync("one\n");
        await receive.Output.WaitForLineAsync("one");
        await send.WriteAsync("two\n");
        send.EndInput();

        Assert.Equal(0, await send.ExitAsync());
        Assert.Equal(0, await receive.ExitAsync());
        Assert.Equal("one\ntwo\n", receive.Output.Text);
    }

    [Fact]
    public async Task A_limit_on_the_size_of_files_is_told_as_a_full_disk_and_no_name_is_given()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ulimit -f is Linux's here.");
        var path = WriteFile("big.bin", 3_000_000);
        var ticket = Path.Combine(_folder.Path, "ticket");

        // In blocks of 512 bytes; the signal that goes with it would end the process, and the runtime keeps its code in
        // a large file unless it is told not to.
        await using var receive = RunningProgram.StartShell(
            "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -f 2000; "
            + $"exec $switchboard receive --into {_inbox} --ticket-file {ticket}");
        await receive.Error.WaitForLineAsync("Receiving into");
        await using var send = RunningProgram.StartSwitchboard("send", path, "--ticket-file", ticket);

        Assert.Equal(1, await send.ExitAsync());
        Assert.Equal(1, await receive.ExitAsync());
        Assert.Contains("error: the receiver's disk is full.", send.Error.Text, StringComparison.Ordinal);
        Assert.Contains("error: the receiver's disk is full.", receive.Error.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_inbox, "big.bin")));
        Assert.InRange(LengthOfPart(), 500_000, 1_024_000);
    }

    private async Task<(RunningProgram Program, string Ticket)> StartReceiverAsync(string name)
    {
        var ticket = Path.Combine(_folder.Path, $"ticket-{name}");
        var receive = RunningProgram.StartSwitchboard("receive", "--into", _inbox, "--ticket-file", ticket);
        await receive.Error.WaitForLineAsync("Receiving into");
        return (receive, ticket);
    }

    // One that was given its name meanwhile is no part any more.
    private long LengthOfPart() => Directory
        .EnumerateFiles(_inbox, ".switchboard-*.part", new EnumerationOptions { AttributesToSkip = 0 })
        .Sum(part => new FileInfo(part) is { Exists: true } file ? file.Length : 0);

    private static async Task UntilAsync(Func<bool> holds)
    {
        var patience = Deadline.Soon;
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, patience);
        }
    }

    private string WriteFile(string name, int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string DigestOf(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
}
