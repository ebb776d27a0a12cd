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

    public override void BrokerReached(string broker) => log.Write(new BrokerReachedEvent(broker));

    public override void BrokerLost(Exception error) => log.Write(new BrokerLostEvent(error.Message));

    public override void ServerJoined(string server) => log.Write(new ServerEvent(server, "joined"));

    public override void ServerSplit(string server) => log.Write(new ServerEvent(server, "split"));

    public override void LetterRefused(string reason) => log.Write(new LetterRefusedEvent(reason));

    public override void MessagesMissing(string server, DateTimeOffset from, DateTimeOffset to) =>
        log.Write(new MessagesMissingEvent(server, from, to));
}
