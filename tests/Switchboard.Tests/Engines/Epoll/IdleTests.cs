using System.Globalization;
using System.Net;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines.Epoll;

[Collection(Alone.Name)]
public class IdleTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task An_engine_with_nothing_to_do_wakes_none_of_its_threads()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no /proc here.");
        var others = Threads().Keys.ToHashSet();
        var engine = Engine.CreateEpoll(new EngineOptions { Loops = 2 });
        var listener = engine.Bind(new IPEndPoint(IPAddress.Loopback, 0), backlog: 5);
        var remote = new IPEndPoint(IPAddress.Loopback, ((TcpEndpoint)listener.Local).Port);
        var near = await engine.ConnectAsync(remote, CancellationToken.None).Soon();
        var far = await listener.AcceptAsync(CancellationToken.None).Soon();
        var receiving = far.ReceiveAsync(new byte[1], CancellationToken.None).AsTask();

        // A machine that is busy with something else may be late with the last of the work, and may have had a loop
        // handed over, for which there is one thread more. The watch is none of those that are counted.
        await Waiting.UntilAsync(
            () => Threads().Keys.Count(thread => !others.Contains(thread)) == engine.GetStatistics().Threads + 1);
        var wakes = long.MaxValue;
        for (var attempt = 0; attempt < 10 && wakes > 0; attempt++)
        {
            var before = Switches(others);
            await Task.Delay(Quiet, TimeProvider.System);
            wakes = Switches(others) - before;
        }

        Assert.Equal(0, wakes);
        await near.SendAsync(new byte[1], CancellationToken.None).Soon();
        Assert.Equal(1, await receiving.Soon());
        engine.Stop();
    }

    private static long Switches(HashSet<string> others) =>
        Threads().Where(thread => !others.Contains(thread.Key)).Sum(thread => thread.Value);

    /// <summary>The threads of engines, and how often each has gone to sleep by itself.</summary>
    private static Dictionary<string, long> Threads() => Directory.EnumerateDirectories("/proc/self/task")
        .Select(task => (Task: task, Lines: StatusOf(task)))
        .Where(thread => thread.Lines is [var name, ..]
            && name.EndsWith("Switchboard", StringComparison.Ordinal) | name.Contains("Switchboard w"))
        .ToDictionary(thread => thread.Task, thread => long.Parse(
            thread.Lines.Single(line => line.StartsWith("voluntary", StringComparison.Ordinal)).Split(':')[1],
            CultureInfo.InvariantCulture));

    private static string[] StatusOf(string task)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(task, "status"));
        }
        catch (IOException)
        {
            return [];
        }
    }
}
