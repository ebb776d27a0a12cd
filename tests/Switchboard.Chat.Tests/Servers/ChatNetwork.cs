using System.Collections.Concurrent;
using System.Diagnostics;
using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Servers;

/// <summary>Several servers of one chat, with one clock and one broker in memory.</summary>
internal sealed class ChatNetwork : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly List<ChatMachine> _machines = [];

    public ChatNetwork() => Broker = new MemoryBroker(Clock);

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public MemoryBroker Broker { get; }

    public int MaxOutgoing { get; init; } = 1_000;

    public ConcurrentQueue<string> Refused { get; } = new();

    /// <summary>Why servers lost the broker.</summary>
    public ConcurrentQueue<string> Lost { get; } = new();

    /// <summary>Starts a server. Its store is kept by the caller if one is given.</summary>
    public async Task<ChatMachine> StartAsync(string name, IChatStore? store = null)
    {
        var machine = new ChatMachine(name, this, store);
        _machines.Add(machine);
        await machine.Server.JoinServersAsync().Soon();
        return machine;
    }

    /// <summary>Moves the clock on in small steps until something is true: whatever waits for time goes on.</summary>
    public async Task AdvanceUntilAsync(Func<Task<bool>> isTrue)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await isTrue())
        {
            AssertPatience(started, "It never came true.");
            await WaitForQuietAsync();
            Clock.Advance(TimeSpan.FromMilliseconds(20));
        }
    }

    public Task AdvanceUntilAsync(Func<bool> isTrue) => AdvanceUntilAsync(() => Task.FromResult(isTrue()));

    /// <summary>Waits until the clock has to move on: a server that is slow is not to be split off for that.</summary>
    public async Task WaitForQuietAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (!Broker.IsQuiet)
        {
            AssertPatience(started, "A server does not go on.");
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in _machines)
        {
            await machine.DisposeAsync();
        }
    }

    private void AssertPatience(long started, string failure) => Assert.True(
        Stopwatch.GetElapsedTime(started) < Patience, $"{failure} {string.Join(" | ", Refused.Concat(Lost))}");
}
