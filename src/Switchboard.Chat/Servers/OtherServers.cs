using System.Security.Cryptography;
using Switchboard.Chat.People;

namespace Switchboard.Chat.Servers;

/// <summary>
/// Joins this server with the others of its chat, over a broker that may come and go: people here go on talking, and
/// what they say waits in the outbox meanwhile.
/// </summary>
internal sealed class OtherServers : IAsyncDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    // So that the last words of who is let go are published before the link goes.
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(2);

    private readonly World _world;
    private readonly IChatOutbox _outbox;
    private readonly ChatOptions _options;
    private readonly IChatBroker _broker;
    private readonly LetterQueue _queue = new();
    private readonly Neighbours _neighbours;
    private readonly HeardMessages _messages;
    private readonly LetterSender _sender;
    private readonly LetterReceiver _receiver;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _firstTry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private bool _isSnapshotWanted;
    private bool _wasLinked;
    private bool _isCutOff;

    private OtherServers(World world, IChatOutbox outbox, OutboxState opened, ChatOptions options)
    {
        (_world, _outbox, _options, _broker) = (world, outbox, options, options.Broker!);
        var run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        _neighbours = new Neighbours(world, options, _queue, run);
        _messages = new HeardMessages(world, outbox, options);
        _sender = new LetterSender(world, outbox, _queue, run, opened, options.TimeProvider);
        _receiver = new LetterReceiver(world, _messages, _neighbours, options, () => _isSnapshotWanted = true);
    }

    /// <summary>Whether there is a link to the broker, as far as is known.</summary>
    public bool IsLinked => _queue.IsOpen;

    /// <summary>Joins; returns when the broker was reached, or is not there at present.</summary>
    /// <exception cref="ChatBrokerException">It refuses this server.</exception>
    /// <exception cref="ChatStoreException">The store does not tell how far others were heard.</exception>
    public static async Task<OtherServers> JoinAsync(
        World world, IChatOutbox outbox, ChatOptions options, CancellationToken cancellationToken)
    {
        var opened = await outbox.OpenOutboxAsync(options.Name, cancellationToken).ConfigureAwait(false);
        var servers = new OtherServers(world, outbox, opened, options);
        try
        {
            await servers._messages.LoadAsync(cancellationToken).ConfigureAwait(false);
            servers.Start();
            await servers._firstTry.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Keeps what was said here, for the history and for the others.</summary>
    /// <exception cref="ChatStoreException">The store does not take it.</exception>
    public Task KeepAsync(IReadOnlyList<StoredMessage> messages) =>
        _outbox.AppendOutgoingAsync(_world.Server, messages, _options.MaxOutgoing);

    /// <summary>Tells that something was kept that others are to be given. Only under the world's lock.</summary>
    public void NoteKept() => _queue.AddOutbox();

    public async ValueTask DisposeAsync()
    {
        _world.Shared = null;
        await _queue.WaitForEmptyAsync().WaitAsync(FarewellTimeout, _options.TimeProvider)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _queue.Dispose();
    }

    private void Start()
    {
        using (_world.Enter())
        {
            _world.Shared = _queue.Add;
        }

        _running = Task.WhenAll(StayLinkedAsync(), LookAllAsync());
    }

    private async Task StayLinkedAsync()
    {
        var delays = new RetryDelays();
        while (true)
        {
            var error = await UseLinkAsync(delays).ConfigureAwait(false);
            _queue.Close();
            Tell(error);
            await Task.Delay(delays.Next(), _options.TimeProvider, _stop.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Connects and works until that breaks; gives why.</summary>
    private async Task<Exception> UseLinkAsync(RetryDelays delays)
    {
        try
        {
            var link = await _broker.ConnectAsync(_options.Network, _options.Name, _stop.Token).ConfigureAwait(false);
            await using (link.ConfigureAwait(false))
            {
                delays.Reset();
                Greet();
                return await UseAsync(link).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is ChatBrokerException or ChatStoreException)
        {
            return error;
        }
    }

    private async Task<Exception> UseAsync(IChatBrokerLink link)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var (sending, receiving) = (
            _sender.SendAllAsync(link, ended.Token), _receiver.ReceiveAllAsync(link, ended.Token));
        var first = await Task.WhenAny(sending, receiving).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(sending, receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Token.ThrowIfCancellationRequested();
        return first.Exception?.InnerException is { } error && error is ChatBrokerException or ChatStoreException
            ? first.Exception.InnerException
            : new ChatBrokerException("The work with the broker failed.", first.Exception);
    }

    private void Greet()
    {
        _firstTry.TrySetResult();
        _options.Observer?.BrokerReached(_broker.Name);
        if (_isCutOff)
        {
            Announce("*** The other servers are in reach again");
        }

        (_wasLinked, _isCutOff) = (true, false);
    }

    private void Tell(Exception error)
    {
        if (error is ChatBrokerException { IsRefusal: true })
        {
            _firstTry.TrySetException(error);
        }

        _options.Observer?.BrokerLost(error);
        if (_wasLinked && !_isCutOff)
        {
            _isCutOff = true;
            Announce("*** The other servers are out of reach; what is said in rooms waits for them");
        }

        _firstTry.TrySetResult();
    }

    private void Announce(string text)
    {
        using (_world.Enter())
        {
            _world.Announce(_options.TimeProvider.GetUtcNow(), text);
        }
    }

    private async Task LookAllAsync()
    {
        var clock = _options.TimeProvider;
        using var timer = new PeriodicTimer(LookInterval, clock);
        var greeted = clock.GetTimestamp();
        while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
        {
            using (_world.Enter())
            {
                _neighbours.Look();
                if (_isSnapshotWanted)
                {
                    // Whoever asks may be new, and is to see what it misses from now on.
                    _isSnapshotWanted = false;
                    _sender.AddHello();
                    _sender.AddSnapshot();
                }

                if (clock.GetElapsedTime(greeted) >= Neighbours.HelloInterval)
                {
                    greeted = clock.GetTimestamp();
                    _sender.AddHello();
                }
            }
        }
    }
}
