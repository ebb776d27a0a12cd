using Switchboard.Engines.Epoll;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines.Epoll;

public class PolledTableTests
{
    private readonly PolledTable _table = new();
    private readonly EventLoop _loop = new HandDrivenLoop().Loop;

    [Fact]
    public void A_key_finds_whoever_was_added_under_it()
    {
        var one = new FakePolled(_loop, descriptor: 5);
        _table.Add(one);

        Assert.Same(one, _table.Find(one.Key));
    }

    [Fact]
    public void A_key_that_comes_late_finds_nobody()
    {
        var gone = new FakePolled(_loop, descriptor: 5);
        _table.Add(gone);
        _table.Remove(gone);

        Assert.Null(_table.Find(gone.Key));
    }

    [Fact]
    public void A_key_that_comes_late_does_not_find_the_descriptors_next_owner()
    {
        var gone = new FakePolled(_loop, descriptor: 5);
        var next = new FakePolled(_loop, descriptor: 5);
        _table.Add(gone);
        _table.Remove(gone);
        _table.Add(next);

        Assert.Null(_table.Find(gone.Key));
        Assert.Same(next, _table.Find(next.Key));
    }

    [Fact]
    public void A_descriptor_beyond_the_table_finds_nobody()
    {
        Assert.Null(_table.Find(PolledKey.New(descriptor: 1_000_000)));
    }

    [Fact]
    public async Task The_table_grows_while_others_look_into_it()
    {
        var first = new FakePolled(_loop, descriptor: 1);
        _table.Add(first);
        using var done = new CancellationTokenSource();
        var looking = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                Assert.Same(first, _table.Find(first.Key));
            }
        });

        for (var descriptor = 2; descriptor < 20_000; descriptor++)
        {
            var one = new FakePolled(_loop, descriptor);
            _table.Add(one);
            Assert.Same(one, _table.Find(one.Key));
        }

        await done.CancelAsync();
        await looking.Soon();
        Assert.Equal(19_999, _table.Snapshot().Length);
    }
}
