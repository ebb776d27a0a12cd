namespace Switchboard.Chat.People;

/// <summary>Holds the world's lock until it is disposed. No I/O and no wait inside.</summary>
internal readonly ref struct WorldTurn
{
    private readonly World _world;
    private readonly Client? _client;

    public WorldTurn(World world, Client? client)
    {
        (_world, _client) = (world, client);
        world.Lock.Enter();
        _client?.IsActing = true;
    }

    public void Dispose()
    {
        _client?.IsActing = false;
        var observed = _world.TakeObserved();
        _world.Lock.Exit();

        // Whoever watches must not hold the lock: it may write to a terminal that is slow.
        if (observed is not null)
        {
            World.Tell(observed, _world.Observer!);
        }
    }
}
