using Switchboard.Tests.Connections;
using Switchboard.Tests.Serving;

namespace Switchboard.Tests.Engines.Epoll;

/// <summary>
/// A server on an engine of its own, whose handlers answer each byte with the same byte, after they have done with it
/// what the test says; and its peers, on another engine.
/// </summary>
internal sealed class StallRun : IAsyncDisposable
{
    private readonly List<Connection> _peers = [];
    private readonly SemaphoreSlim _told = new(0);
    private volatile bool _isToldAll;
    private int _blocked;

    private StallRun(Engine engine, RecordingObserver observer)
    {
        Engine = engine;
        Observer = observer;
    }

    public Engine Engine { get; }

    public RecordingObserver Observer { get; }

    public Server Server { get; private set; } = null!;

    /// <summary>How many are kept at the moment.</summary>
    public int Blocked => Volatile.Read(ref _blocked);

    public EngineStatistics Statistics => Engine.GetStatistics();

    /// <param name="handler">The handler; null to answer each byte, after <see cref="Block"/> for a byte of 1.</param>
    /// <param name="options">The engine's.</param>
    public static async Task<StallRun> StartAsync(ConnectionHandler? handler = null, EngineOptions? options = null)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no epoll here.");
        var engine = Engine.CreateEpoll(options ?? new EngineOptions { Loops = 1 });
        var observer = new RecordingObserver();
        var run = new StallRun(engine, observer);
        handler ??= run.AnswerAsync;
        run.Server = await Server.StartAsync("tcp://127.0.0.1:0", handler, new ServerOptions
        {
            Observer = observer,
            Listen = Untimed.Listen with { Engine = engine },
        });
        return run;
    }

    public async Task<Connection> ComeAsync()
    {
        var peer = await Connection.ConnectAsync(
            Server.Local, Untimed.Connect with { Engine = Engine.Sockets }).Soon();
        _peers.Add(peer);
        return peer;
    }

    public async Task<List<Connection>> ComeAsync(int count)
    {
        var peers = new List<Connection>();
        for (var i = 0; i < count; i++)
        {
            peers.Add(await ComeAsync());
        }

        return peers;
    }

    /// <summary>Asks, and does not wait for the answer.</summary>
    public static Task AskAsync(Connection peer, byte question) => peer.SendAsync(new[] { question }).Soon();

    public static async Task<byte> AnswerOfAsync(Connection peer)
    {
        var answer = new byte[1];
        await peer.ReceiveExactlyAsync(answer).Soon();
        return answer[0];
    }

    /// <summary>Each of them asks and is answered, so many times.</summary>
    public static Task AllAnsweredAsync(IEnumerable<Connection> peers, int rounds = 20) =>
        Task.WhenAll(peers.Select(async peer =>
        {
            for (var round = 0; round < rounds; round++)
            {
                await AskAsync(peer, 7);
                Assert.Equal(7, await AnswerOfAsync(peer));
            }
        }));

    /// <summary>Does something again and again, until it has brought about what it does now and then.</summary>
    public static async Task RepeatAsync(Func<Task> step, Func<bool> until)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!until())
        {
            Assert.False(patience.IsCancellationRequested, "It has not come to that.");
            await step();
        }
    }

    /// <summary>Keeps the calling thread until the test tells otherwise.</summary>
    public void Block()
    {
        Interlocked.Increment(ref _blocked);
        _told.Wait();
        Interlocked.Decrement(ref _blocked);
    }

    /// <summary>Keeps the calling thread at work until the test tells otherwise.</summary>
    public void Compute()
    {
        Interlocked.Increment(ref _blocked);
        while (!_isToldAll)
        {
            Thread.SpinWait(100);
        }

        Interlocked.Decrement(ref _blocked);
    }

    public Task BlockedAsync(int count) => Waiting.UntilAsync(() => Blocked == count);

    /// <summary>Lets go of everybody who blocks, now and later.</summary>
    public void Tell()
    {
        _isToldAll = true;
        _told.Release(1000);
    }

    /// <summary>Lets go of one who blocks.</summary>
    public void TellOne() => _told.Release();

    public async ValueTask DisposeAsync()
    {
        Tell();
        foreach (var peer in _peers)
        {
            peer.Abort();
        }

        await Server.StopAsync(Timeout.InfiniteTimeSpan).Soon();
        Engine.Stop();
        await Waiting.UntilAsync(() => Statistics.Threads == 0);
        _told.Dispose();
    }

    private async Task AnswerAsync(Connection connection, CancellationToken stopping)
    {
        var bytes = new byte[1];
        while (await connection.ReceiveAsync(bytes, stopping) > 0)
        {
            switch (bytes[0])
            {
                case 1:
                    Block();
                    break;
                case 2:
                    Compute();
                    break;
            }

            await connection.SendAsync(bytes, stopping);
        }
    }
}
