using System.Threading.Channels;

namespace Switchboard.Chat.Tests.Servers;

/// <summary>One server's link to a <see cref="MemoryBroker"/>.</summary>
internal sealed class MemoryBrokerLink(MemoryBroker broker, string server) : IChatBrokerLink
{
    private readonly Channel<byte[]> _received = Channel.CreateUnbounded<byte[]>();
    private byte[] _last = [];

    public string Server => server;

    public void Give(byte[] letter) => _received.Writer.TryWrite(letter);

    public void Break() => _received.Writer.TryComplete(new ChatBrokerException("The link broke."));

    public Task PublishAsync(
        ReadOnlyMemory<byte> letter, LetterLifetime lifetime, CancellationToken cancellationToken)
    {
        broker.Publish(this, letter.ToArray());
        return Task.CompletedTask;
    }

    public async Task<BrokerLetter> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            _last = await _received.Reader.ReadAsync(cancellationToken);
            return new BrokerLetter(1, _last);
        }
        catch (ChannelClosedException error)
        {
            throw new ChatBrokerException("The link broke.", error);
        }
    }

    public Task AcknowledgeAsync(BrokerLetter letter, CancellationToken cancellationToken)
    {
        broker.Acknowledge(this, _last);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        broker.Leave(this);
        return ValueTask.CompletedTask;
    }
}
