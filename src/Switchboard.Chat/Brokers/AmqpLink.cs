using System.Globalization;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Switchboard.Chat.Brokers;

/// <summary>A connection to RabbitMQ, until it breaks.</summary>
internal sealed class AmqpLink : IChatBrokerLink
{
    /// <summary>
    /// RabbitMQ takes no longer ones. A lower limit would end the link each time such a letter came again.
    /// </summary>
    public const uint MaxLetterBytes = 128 * 1024 * 1024;

    // What is read ahead and not acknowledged.
    private const ushort MaxUnacknowledged = 16;

    private static readonly string PassingLifetime = TimeSpan.FromSeconds(30).TotalMilliseconds
        .ToString(CultureInfo.InvariantCulture);

    private readonly string _broker;
    private readonly IConnection _connection;
    private readonly IChannel _wire;
    private readonly string _exchange;
    private readonly Channel<BrokerLetter> _received = Channel.CreateBounded<BrokerLetter>(MaxUnacknowledged * 2);

    private AmqpLink(string broker, IConnection connection, IChannel wire, string exchange)
    {
        (_broker, _connection, _wire, _exchange) = (broker, connection, wire, exchange);
        _wire.ChannelShutdownAsync += (_, shutdown) => CloseAsync(shutdown.ReplyText);
        _connection.ConnectionShutdownAsync += (_, shutdown) => CloseAsync(shutdown.ReplyText);
    }

    public static async Task<AmqpLink> StartAsync(
        string broker,
        IConnection connection,
        IChannel wire,
        string exchange,
        string queue,
        CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // Who fails to start it disposes the connection.
        var link = new AmqpLink(broker, connection, wire, exchange);
#pragma warning restore CA2000
        await wire.BasicQosAsync(0, MaxUnacknowledged, global: false, cancellationToken).ConfigureAwait(false);
        var consumer = new AsyncEventingBasicConsumer(wire);
        consumer.ReceivedAsync += link.TakeAsync;
        consumer.UnregisteredAsync += (_, _) => link.CloseAsync("the queue is gone");

        // Exclusive: two servers of one name would each get half of what is said.
        await wire.BasicConsumeAsync(
            queue, autoAck: false, consumerTag: "", noLocal: false, exclusive: true, arguments: null, consumer,
            cancellationToken).ConfigureAwait(false);
        return link;
    }

    public async Task PublishAsync(
        ReadOnlyMemory<byte> letter, LetterLifetime lifetime, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties
        {
            Persistent = lifetime == LetterLifetime.Lasting,
            Expiration = lifetime == LetterLifetime.Lasting ? null : PassingLifetime,
        };
        try
        {
            await _wire.BasicPublishAsync(_exchange, "", mandatory: false, properties, letter, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception error) when (AmqpFailures.AreOfBroker(error, cancellationToken))
        {
            throw AmqpFailures.Explain("publish to", _broker, error);
        }
    }

    public async Task<BrokerLetter> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _received.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException error)
        {
            throw new ChatBrokerException(
                $"The link to {_broker} broke: {error.InnerException?.Message ?? "it was closed"}.", error);
        }
    }

    public async Task AcknowledgeAsync(BrokerLetter letter, CancellationToken cancellationToken)
    {
        try
        {
            await _wire.BasicAckAsync(letter.Number, multiple: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (AmqpFailures.AreOfBroker(error, cancellationToken))
        {
            throw AmqpFailures.Explain("acknowledge to", _broker, error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _wire.DisposeAsync().ConfigureAwait(false);
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (AmqpFailures.AreOfBroker(error, CancellationToken.None))
        {
            // It is broken, which is why it goes.
        }
    }

    // The bytes are the driver's again when this completes.
    private Task TakeAsync(object sender, BasicDeliverEventArgs delivered) => _received.Writer.WriteAsync(
        new BrokerLetter(delivered.DeliveryTag, delivered.Body.ToArray())).AsTask();

    private Task CloseAsync(string reason)
    {
        _received.Writer.TryComplete(new IOException(reason));
        return Task.CompletedTask;
    }
}
