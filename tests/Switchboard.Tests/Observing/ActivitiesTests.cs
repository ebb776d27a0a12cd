using System.Collections.Concurrent;
using System.Diagnostics;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Serving;

namespace Switchboard.Tests.Observing;

[Collection(Alone.Name)]
public sealed class ActivitiesTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _stopped = [];
    private readonly ActivityListener _listener;

    public ActivitiesTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.ActivitySourceName,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = _stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_connect_is_an_activity_that_names_the_server()
    {
        await using var listener = await Listener.BindAsync("memory:activities");
        (await Connection.ConnectAsync("memory:activities")).Abort();

        var activity = Assert.Single(_stopped);
        Assert.Equal("switchboard.connect", activity.OperationName);
        Assert.Equal("memory:activities", activity.GetTagItem("server.address"));
        Assert.Equal(ActivityStatusCode.Unset, activity.Status);
    }

    [Fact]
    public async Task A_connect_that_fails_is_an_error()
    {
        await Assert.ThrowsAsync<ConnectionRefusedException>(() => Connection.ConnectAsync("memory:nobody"));

        var activity = Assert.Single(_stopped);
        Assert.Equal(
            (ActivityStatusCode.Error, nameof(ConnectionRefusedException)),
            (activity.Status, activity.StatusDescription));
    }

    [Fact]
    public async Task A_handlers_run_is_an_activity_and_its_failure_an_error()
    {
        await using var run = await ServerRun.StartAsync((_, _) => throw new InvalidDataException("a mistake"));
        await run.ComeAsync("tcp://192.0.2.1:1");
        await Waiting.UntilAsync(() => run.Server.GetStatistics().Open == 0);

        var activity = Assert.Single(_stopped);
        Assert.Equal(("switchboard.handle", ActivityKind.Server), (activity.OperationName, activity.Kind));
        Assert.Equal("tcp://192.0.2.1:1", activity.GetTagItem("network.peer.address"));
        Assert.Equal(
            (ActivityStatusCode.Error, nameof(InvalidDataException)), (activity.Status, activity.StatusDescription));
    }

    [Fact]
    public async Task A_listener_that_throws_ends_no_more_than_the_connection_it_was_told_of()
    {
        using var broken = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.ActivitySourceName,
            Sample = (ref _) => throw new InvalidOperationException("a mistake of whoever watches"),
        };
        ActivitySource.AddActivityListener(broken);
        await using var run = await ServerRun.StartAsync((_, _) => Task.CompletedTask);
        await run.ComeAsync();

        await Waiting.UntilAsync(() => run.Server.GetStatistics().Open == 0);
        Assert.False(run.Server.Accepting.IsCompleted);
    }
}
