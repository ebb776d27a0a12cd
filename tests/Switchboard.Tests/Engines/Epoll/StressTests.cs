using Switchboard.Connections;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines.Epoll;

[Collection(Alone.Name)]
public class StressTests
{
    private static readonly FaultRates AllFaults = new();

    // An event that comes without need also rescues whoever waits for one that was lost: here none comes.
    private static readonly FaultRates NoEventTooMany = new()
    {
        Nothing = 0,
        Short = 0,
        Shortage = 0,
        Spurious = 0,
        Late = 0,
        SlowParking = 0.5,
    };

    public static TheoryData<string> Kinds => ["all faults", "no event too many"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Whatever_happens_every_byte_arrives_and_nothing_is_left(string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no epoll here.");
        var seed = Seed.Choose();
        Seed.Print(seed);
        var socketsBefore = OpenDescriptors.Sockets;
        var rentedBefore = BufferPool.Rented;
        var run = new StressRun(seed, kind == "all faults" ? AllFaults : NoEventTooMany);

        var problems = await run.RunAsync();

        TestContext.Current.TestOutputHelper?.WriteLine($"{run.Statistics}");
        Assert.True(problems.Count == 0, $"{Seed.Variable}={seed}: {string.Join(Environment.NewLine, problems)}");
        await Waiting.UntilAsync(() => BufferPool.Rented <= rentedBefore);
        await Waiting.UntilAsync(() => OpenDescriptors.Sockets <= socketsBefore);
    }
}
