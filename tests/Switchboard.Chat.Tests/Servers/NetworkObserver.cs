namespace Switchboard.Chat.Tests.Servers;

/// <summary>Notes what goes wrong, for tests to look at.</summary>
internal sealed class NetworkObserver(ChatNetwork network) : ChatObserver
{
    public override void LetterRefused(string reason) => network.Refused.Enqueue(reason);

    public override void BrokerLost(Exception error) => network.Lost.Enqueue(error.ToString());
}
