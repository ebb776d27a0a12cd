using System.Text;
using Switchboard.Engines.Epoll;
using Switchboard.Tests.Connections;
using ThreadState = Switchboard.Engines.Epoll.ThreadState;

namespace Switchboard.Tests.Engines.Epoll;

public class ThreadStateTests
{
    [Theory]
    [InlineData("17 (name) S 1 17", true)]
    [InlineData("17 (name) D 1 17", true)]
    [InlineData("17 (name) R 1 17", false)]
    [InlineData("17 (name) T 1 17", false)]
    [InlineData("17 (a) R (b) S 1", true)]
    [InlineData("17 (a) S (b) R 1", false)]
    [InlineData("17 (S) S) R 1", false)]
    [InlineData("17 (name)", false)]
    [InlineData("", false)]
    public void The_state_stands_behind_the_last_bracket(string line, bool isAsleep)
    {
        Assert.Equal(isAsleep, ThreadState.IsAsleep(Encoding.ASCII.GetBytes(line)));
    }

    [Fact]
    public void Whoever_asks_about_itself_is_awake()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no /proc here.");

        Assert.False(ThreadState.IsAsleep(Libc.ThreadId()));
    }

    [Fact]
    public async Task A_thread_that_waits_is_asleep()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no /proc here.");
        using var told = new ManualResetEventSlim();
        var id = new TaskCompletionSource<int>();
        var thread = new Thread(() =>
        {
            id.SetResult(Libc.ThreadId());
            told.Wait();
        });
        thread.Start();
        var waiting = await id.Task.Soon();

        await Waiting.UntilAsync(() => ThreadState.IsAsleep(waiting));

        told.Set();
        thread.Join();
    }

    [Fact]
    public void A_thread_that_is_not_there_is_an_error_and_not_asleep()
    {
        Assert.ThrowsAny<IOException>(() => ThreadState.IsAsleep(int.MaxValue));
    }
}
