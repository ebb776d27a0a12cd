using Switchboard.Chat.Accounts;
using Switchboard.Chat.Messages;
using Switchboard.Chat.People;
using Switchboard.Chat.Servers;

namespace Switchboard.Chat.Commands;

/// <summary>All that commands work with.</summary>
internal sealed class Exchange : IAsyncDisposable
{
    public Exchange(ChatOptions options, IChatStore store)
    {
        Options = options;
        Store = store;
        Clock = options.TimeProvider;
        Started = Clock.GetUtcNow();
        World = new World(options);
        Log = new MessageLog(World, store, Clock, options.Observer);
        Accounts = new AccountBook(store, options.PasswordIterations);
        Waiting = new WaitingMessages(World, Log, store, Accounts, options.Limits);
    }

    public ChatOptions Options { get; }

    public ChatLimits Limits => Options.Limits;

    public IChatStore Store { get; }

    public TimeProvider Clock { get; }

    public DateTimeOffset Started { get; }

    public World World { get; }

    public MessageLog Log { get; }

    public AccountBook Accounts { get; }

    public WaitingMessages Waiting { get; }

    /// <summary>The other servers of the chat; null for one alone.</summary>
    public OtherServers? Others { get; private set; }

    /// <summary>How many clients are connected that have not registered.</summary>
    public Func<int> CountUnknown { get; init; } = () => 0;

    /// <summary>Joins the other servers; throws as <see cref="OtherServers.JoinAsync"/>.</summary>
    public async Task JoinServersAsync(CancellationToken cancellationToken)
    {
        Others = await OtherServers.JoinAsync(World, (IChatOutbox)Store, Options, cancellationToken)
            .ConfigureAwait(false);
        Log.ShareWith(Others);
    }

    public async ValueTask DisposeAsync()
    {
        if (Others is not null)
        {
            await Others.DisposeAsync().ConfigureAwait(false);
        }

        Accounts.Dispose();
    }
}
