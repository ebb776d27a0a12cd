namespace Switchboard.Chat;

/// <summary>
/// Is told what happens in a chat: override what you want to know. Calls come from many threads, and those about one
/// person may overtake each other; return quickly.
/// </summary>
public abstract class ChatObserver
{
    /// <summary>Somebody has registered.</summary>
    public virtual void PersonArrived(string nick, string host)
    {
    }

    /// <summary>Somebody is gone.</summary>
    public virtual void PersonLeft(string nick, string reason)
    {
    }

    /// <summary>Somebody is called otherwise.</summary>
    public virtual void NickChanged(string nick, string newNick)
    {
    }

    /// <summary>A room has its first member.</summary>
    public virtual void RoomOpened(string room)
    {
    }

    /// <summary>A room's last member has left.</summary>
    public virtual void RoomClosed(string room)
    {
    }

    /// <summary>Somebody has registered an account.</summary>
    public virtual void AccountRegistered(string account)
    {
    }

    /// <summary>The store did not keep or find something; who asked for it was told so.</summary>
    public virtual void StoreFailed(Exception error)
    {
    }

    /// <summary>This server is joined with the others of its chat, as far as they are there.</summary>
    public virtual void BrokerReached(string broker)
    {
    }

    /// <summary>The broker is away, or refuses; it is tried again and again.</summary>
    public virtual void BrokerLost(Exception error)
    {
    }

    /// <summary>Another server of the chat is heard.</summary>
    public virtual void ServerJoined(string server)
    {
    }

    /// <summary>Another server was not heard for long: its people are gone from here.</summary>
    public virtual void ServerSplit(string server)
    {
    }

    /// <summary>Something came by the broker that no server of this chat would send.</summary>
    public virtual void LetterRefused(string reason)
    {
    }

    /// <summary>Messages of another server were lost on their way; the readers are shown that.</summary>
    public virtual void MessagesMissing(string server, DateTimeOffset from, DateTimeOffset to)
    {
    }
}
