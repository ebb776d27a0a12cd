using Switchboard.Files.Protocol;
using Switchboard.Tests.Connections;

namespace Switchboard.Files.Tests.Receiving;

/// <summary>What an offer costs a receiver. Alone: what the whole process allocates is measured.</summary>
[Collection(Alone.Name)]
public sealed class OfferMemoryTests : IDisposable
{
    private readonly TestFolders _folders = new();
    private readonly TwoEnds _ends = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task A_number_without_the_names_costs_no_memory()
    {
        var options = _ends.Into(_folders.Target);
        var interrupted = new TaskCompletionSource();
        await using var receiver = await _ends.StartAsync(options with
        {
            Limits = options.Limits with { MaxFiles = int.MaxValue },
            Interrupted = _ => interrupted.TrySetResult(),
        });
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await using (var sender = await RawSender.ConnectAsync(_ends, receiver, out _))
        {
            await sender.SendAsync(MessageWriter.Offer(int.MaxValue), RawSender.Entry(EntryKind.File, "a", 1));
        }

        await interrupted.Task.Soon();
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 50_000_000);
    }
}
