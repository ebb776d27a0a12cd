using System.Collections.Concurrent;

namespace Switchboard.Chat.Clients;

/// <summary>What is done after a reconnect: rooms are joined anew, and what was said meanwhile is fetched.</summary>
internal sealed class Returning(Keeper keeper, ChatClientOptions options) : IDisposable
{
    private readonly Bookmarks _bookmarks = new(options.MaxWaitingEvents, NickComparer.Rfc1459);

    // Since when talks are owed what was said in them; another loss on the way does not make it later.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _owed = new(NickComparer.Rfc1459);

    private CancellationTokenSource _stopping = new();
    private TaskCompletionSource _joined = Completed();
    private Task _running = Task.CompletedTask;

    /// <summary>Completes when the rooms of before are joined again, as far as that goes.</summary>
    public Task Joined => Volatile.Read(ref _joined).Task;

    /// <summary>Whether an event is not told now, but behind what was missed, or was told as part of that.</summary>
    public bool TakesOver(ChatEvent happened)
    {
        if (happened is not ChatSaid said)
        {
            return false;
        }

        if (said.IsMissed)
        {
            _bookmarks.NoteTold(said);
        }
        else if (_bookmarks.TryHold(said) || _bookmarks.WasTold(said))
        {
            return true;
        }

        _bookmarks.Note(said);
        return false;
    }

    /// <param name="since">When the connection was last heard of.</param>
    /// <param name="closing">Gives up.</param>
    public void Start(DateTimeOffset since, CancellationToken closing)
    {
        var rooms = keeper.Rooms.Keys.ToList();
        var people = keeper.View.Support.HistoryLimit is null
            ? []
            : _bookmarks.Talks.Where(talk => !keeper.View.Support.IsRoom(talk)).ToList();
        foreach (var talk in rooms.Concat(people))
        {
            _owed.TryAdd(talk, since);
            _bookmarks.Hold(talk);
        }

        if (keeper.View.Support.HistoryLimit is not null)
        {
            // Somebody new may have spoken meanwhile too, and may speak again before that is asked for.
            _bookmarks.HoldNewTalks(said => !said.IsFromServer && !keeper.View.Support.IsRoom(said.Talk));
        }

        Volatile.Write(ref _joined, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _stopping.Dispose();
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(closing);
        _running = RunAsync(rooms, people, since, _stopping.Token);
    }

    /// <summary>Gives up, as the connection is lost; another one goes on from there.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    public void Dispose() => _stopping.Dispose();

    // At first nothing has to be joined again.
    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    private async Task RunAsync(
        IReadOnlyList<string> rooms, IReadOnlyList<string> people, DateTimeOffset since, CancellationToken stopping)
    {
        var rejoined = new List<string>();
        foreach (var room in rooms)
        {
            if (await RejoinAsync(room, stopping).ConfigureAwait(false))
            {
                rejoined.Add(room);
            }
            else
            {
                Release(room);
            }
        }

        _joined.TrySetResult();
        foreach (var talk in rejoined.Concat(people))
        {
            await CatchUpAsync(talk, stopping).ConfigureAwait(false);
            Release(talk);
        }

        foreach (var nick in await NewPeopleAsync(people, since, stopping).ConfigureAwait(false))
        {
            _owed.TryAdd(nick, since);
            await CatchUpAsync(nick, stopping).ConfigureAwait(false);
        }

        foreach (var talk in _bookmarks.HoldNoNewTalks())
        {
            Release(talk);
        }
    }

    /// <summary>Those who spoke to this client for the first time while it was away.</summary>
    private async Task<IReadOnlyList<string>> NewPeopleAsync(
        IReadOnlyList<string> known, DateTimeOffset since, CancellationToken stopping)
    {
        try
        {
            var people = keeper.View.Support.HistoryLimit is { } limit
                ? await keeper.FetchPeopleAsync(since, limit, stopping).ConfigureAwait(false)
                : [];
            return [.. people.Except(known, keeper.View.Support.Names)];
        }
        catch (Exception error) when (error is IOException or TimeoutException or OperationCanceledException)
        {
            // Who they are is not known, and so there is no talk in which a gap could be told.
            return [];
        }
    }

    private async Task<bool> RejoinAsync(string room, CancellationToken stopping)
    {
        try
        {
            await keeper.JoinAsync(room, keeper.Rooms.GetValueOrDefault(room), stopping).ConfigureAwait(false);
            return true;
        }
        catch (ChatRefusedException)
        {
            // The refusal itself is an event already. Nobody waits for this room any more.
            keeper.Rooms.TryRemove(room, out _);
            _owed.TryRemove(room, out _);
            return false;
        }
        catch (Exception error) when (error is IOException or TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task CatchUpAsync(string talk, CancellationToken stopping)
    {
        var since = _owed.GetValueOrDefault(talk);
        try
        {
            if (!await FetchAsync(talk, since, stopping).ConfigureAwait(false))
            {
                Gap(talk, since);
            }
        }
        catch (Exception error) when (error is IOException or TimeoutException or OperationCanceledException)
        {
            Gap(talk, since);
        }

        _owed.TryRemove(talk, out _);
    }

    /// <returns>False if something is missing that the server does not have, or that is too much.</returns>
    private async Task<bool> FetchAsync(string talk, DateTimeOffset since, CancellationToken stopping)
    {
        if (keeper.View.Support.HistoryLimit is not { } limit)
        {
            return false;
        }

        var place = _bookmarks.Find(talk) ?? new Bookmark(Id: null, since);
        for (var left = options.MaxMissedMessages; left > 0;)
        {
            var missed = await keeper.FetchAsync(talk, "AFTER", place.Place, Math.Min(limit, left), stopping)
                .ConfigureAwait(false);
            Tell(missed);
            if (missed.Count < Math.Min(limit, left))
            {
                return true;
            }

            left -= missed.Count;
            place = new Bookmark(missed[^1].Id, missed[^1].Time);
        }

        return false;
    }

    private void Gap(string talk, DateTimeOffset since)
    {
        var last = _bookmarks.Find(talk)?.Time;
        keeper.Tell(new ChatMissed(options.Time.GetUtcNow(), talk, last > since ? last.Value : since));
    }

    // What was held may have been told by the history already.
    private void Release(string talk)
    {
        while (_bookmarks.TryTakeHeld(talk, out var held))
        {
            foreach (var said in held.Where(said => !_bookmarks.WasTold(said)))
            {
                _bookmarks.Note(said);
                keeper.TellAtOnce(said);
            }
        }
    }

    private void Tell(IReadOnlyList<ChatSaid> missed)
    {
        foreach (var said in missed)
        {
            keeper.Tell(said);
        }
    }
}
