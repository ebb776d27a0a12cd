using System.Collections.Concurrent;
using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Servers;

/// <summary>Several servers of one chat, with one clock and one broker in memory.</summary>
internal sealed class ChatNetwork : IAsyncDisposable
{
    private readonly List<ChatMachine> _machines = [];

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public MemoryBroker Broker { get; } = new();

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
        for (var step = 0; !await isTrue(); step++)
        {
            Assert.True(step < 15_000, $"It never came true. {string.Join(" | ", Refused.Concat(Lost))}");
            await WaitForQuietAsync();
            Clock.Advance(TimeSpan.FromMilliseconds(20));
        }
    }

    public Task AdvanceUntilAsync(Func<bool> isTrue) => AdvanceUntilAsync(() => Task.FromResult(isTrue()));

    /// <summary>Waits until every letter is taken, without moving the clock.</summary>
    public async Task WaitForQuietAsync()
    {
        while (!Broker.IsQuiet)
        {
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
}
