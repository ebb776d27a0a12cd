using Switchboard.Tests;
using Switchboard.Tests.Connections;

namespace Switchboard.Files.Tests.Transfers;

/// <summary>
/// Connections are cut abruptly, in this process; that either process is killed is shown by the command's tests. The
/// seed is printed, and SWITCHBOARD_SEED repeats a run.
/// </summary>
public sealed class ResumeTests : IDisposable
{
    private readonly TestFolders _folders = new();
    private readonly CuttingTransport _transport = new();
    private readonly TwoEnds _ends;

    public ResumeTests() => _ends = new TwoEnds(_transport);

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task Whatever_is_cut_wherever_it_is_cut_arrives_whole_in_the_end()
    {
        const int Cuts = 60;
        var seed = Seed.Choose();
        Seed.Print(seed);
        var random = new Random((int)seed);
        var path = _folders.Write("big.bin", 2_500_000);
        for (var i = 0; i < Cuts; i++)
        {
            var target = Directory.CreateDirectory(_folders.InTarget($"{i}")).FullName;
            await using var receiver = await _ends.StartAsync(target);
            await CutAsync(receiver, random.NextInt64(1, 2_500_000), path);
            if (random.Next(2) == 0)
            {
                await CutAsync(receiver, random.NextInt64(1, 2_500_000), path);
            }

            await FinishAsync(receiver, random.Next(2) == 0, target, path);
            Directory.Delete(target, recursive: true);
        }
    }

    [Fact]
    public async Task A_cut_in_any_phase_leaves_whole_files_or_none()
    {
        const int Cuts = 40;
        var folder = Path.GetDirectoryName(_folders.Write("folder/one", 700))!;
        _folders.Write("folder/two", 300, seed: 2);
        await using (var receiver = await _ends.StartAsync(_folders.Target))
        {
            var receiving = receiver.ReceiveAsync();
            await _ends.NewSender(folder).SendAsync(receiver.Ticket!).Soon();
            await receiving.Soon();
        }

        // From the first byte of TLS to the last word of the receiver, in even steps.
        var all = _transport.Carried;
        for (var i = 0; i < Cuts; i++)
        {
            var target = Directory.CreateDirectory(_folders.InTarget($"{i}")).FullName;
            await using var receiver = await _ends.StartAsync(target);
            await CutAsync(receiver, 1 + ((all - 2) * i / Cuts), folder);
            await FinishAsync(receiver, i % 2 == 0, target, folder);
        }
    }

    [Fact]
    public async Task What_has_arrived_is_not_sent_again()
    {
        var path = _folders.Write("big.bin", 2_000_000);
        await using var receiver = await _ends.StartAsync(_folders.Target);
        await CutAsync(receiver, 1_500_000, path);
        var arrived = new FileInfo(Assert.Single(Directory.GetFiles(_folders.Target))).Length;
        Assert.InRange(arrived, 500_000, 1_500_000);
        var receiving = receiver.ReceiveAsync();

        var sent = await _ends.NewSender(path).SendAsync(receiver.Ticket!).Soon();

        Assert.Equal(arrived, sent.BytesResumed);
        Assert.Equal(arrived, (await receiving.Soon()).BytesResumed);
        Assert.InRange(_transport.Carried, 2_000_000 - arrived, 2_000_000 - arrived + 50_000);
    }

    [Fact]
    public async Task A_part_of_another_file_is_not_gone_on_with()
    {
        var path = _folders.Write("big.bin", 2_000_000);
        await using var receiver = await _ends.StartAsync(_folders.Target);
        await CutAsync(receiver, 1_500_000, path);
        var part = Assert.Single(Directory.GetFiles(_folders.Target));
        await using (var file = File.OpenWrite(part))
        {
            file.WriteByte((byte)~(await File.ReadAllBytesAsync(path))[0]);
        }

        var receiving = receiver.ReceiveAsync();
        var sent = await _ends.NewSender(path).SendAsync(receiver.Ticket!).Soon();
        await receiving.Soon();

        Assert.Equal(0, sent.BytesResumed);
        Assert.Equal(TestFolders.DigestOf(path), TestFolders.DigestOf(_folders.InTarget("big.bin")));
    }

    [Fact]
    public async Task A_file_that_is_there_whole_is_not_sent_again()
    {
        var path = _folders.Write("big.bin", 2_000_000);
        File.Copy(path, _folders.InTarget("big.bin"));
        await using var receiver = await _ends.StartAsync(_folders.Target);
        var receiving = receiver.ReceiveAsync();

        var sent = await _ends.NewSender(path).SendAsync(receiver.Ticket!).Soon();
        await receiving.Soon();

        Assert.Equal(2_000_000, sent.BytesResumed);
        Assert.InRange(_transport.Carried, 1, 50_000);
    }

    [Fact]
    public async Task A_sender_that_comes_back_takes_the_place_of_its_lost_connection()
    {
        var path = _folders.Write("big.bin", 2_000_000);
        var interrupted = new TaskCompletionSource<Exception>();
        await using var receiver = await _ends.StartAsync(
            _ends.Into(_folders.Target) with { Interrupted = error => interrupted.TrySetResult(error) });
        var receiving = receiver.ReceiveAsync();
        var stalled = _ends.NewSender();
        using var neverEnding = new NeverEnding();
        stalled.Add("never-ends", neverEnding);
        var first = stalled.SendAsync(receiver.Ticket!);
        await Waiting.UntilAsync(() => Directory.GetFiles(_folders.Target).Length > 0);

        await _ends.NewSender(path).SendAsync(receiver.Ticket!).Soon();
        await receiving.Soon();

        await interrupted.Task.Soon();
        await Assert.ThrowsAnyAsync<IOException>(() => first.Soon());
        Assert.Equal(TestFolders.DigestOf(path), TestFolders.DigestOf(_folders.InTarget("big.bin")));
    }

    /// <summary>Sends until the connection is cut, and sees that no file has its name that is not whole.</summary>
    private async Task CutAsync(FileReceiver receiver, long after, string path)
    {
        using var stop = new CancellationTokenSource();
        var receiving = receiver.ReceiveAsync(stop.Token);
        _transport.CutAfter = after;
        try
        {
            await _ends.NewSender(path).SendAsync(receiver.Ticket!).Soon();
        }
        catch (IOException)
        {
            // It was cut, or the receiver met the cut first and said nothing.
        }

        await stop.CancelAsync();
        try
        {
            // When the cut is behind the last word, the receiver has everything.
            await receiving.Soon();
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task FinishAsync(FileReceiver receiver, bool anew, string target, string path)
    {
        AssertWholeOrNothing(target, path);
        await using var another = anew ? await new TwoEnds(_transport).StartAsync(target) : null;
        var last = another ?? receiver;
        var receiving = last.ReceiveAsync();
        await _ends.NewSender(path).SendAsync(last.Ticket!).Soon();
        await receiving.Soon();
        AssertWholeOrNothing(target, path);
        Assert.DoesNotContain(FilesBelow(target), file => file.EndsWith(".part", StringComparison.Ordinal));
        Assert.Equal(FilesBelow(path).Length, FilesBelow(target).Length);
    }

    private static void AssertWholeOrNothing(string target, string path)
    {
        foreach (var file in FilesBelow(target).Where(
            each => !each.EndsWith(".part", StringComparison.Ordinal)))
        {
            var source = File.Exists(path)
                ? path
                : Path.Combine(Path.GetDirectoryName(path)!, Path.GetRelativePath(target, file));
            Assert.Equal(TestFolders.DigestOf(source), TestFolders.DigestOf(file));
        }
    }

    private static string[] FilesBelow(string path) => File.Exists(path)
        ? [path]
        : Directory.GetFiles(path, "*", new EnumerationOptions { AttributesToSkip = 0, RecurseSubdirectories = true });

    /// <summary>Brings one byte, and then nothing more.</summary>
    private sealed class NeverEnding : MemoryStream
    {
        private bool _hasBegun;

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_hasBegun)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            _hasBegun = true;
            return 1;
        }
    }
}
