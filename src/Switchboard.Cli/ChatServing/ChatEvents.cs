using Switchboard.Chat;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.ChatServing;

/// <summary>Writes what happens in a chat to the log. What people say is not written.</summary>
internal sealed class ChatEvents(EventLog log) : ChatObserver
{
    public override void PersonArrived(string nick, string host) => log.Write(new ArrivedEvent(nick, host));

    public override void PersonLeft(string nick, string reason) => log.Write(new LeftEvent(nick, reason));

    public override void NickChanged(string nick, string newNick) => log.Write(new RenamedEvent(nick, newNick));

    public override void RoomOpened(string room) => log.Write(new RoomEvent(room, "opened"));

    public override void RoomClosed(string room) => log.Write(new RoomEvent(room, "closed"));

    public override void AccountRegistered(string account) => log.Write(new RegisteredEvent(account));

    public override void StoreFailed(Exception error) => log.Write(new StoreFailedEvent(error.Message));
}
