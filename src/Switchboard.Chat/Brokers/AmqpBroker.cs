using RabbitMQ.Client;

namespace Switchboard.Chat.Brokers;

/// <summary>
/// RabbitMQ: one fanout exchange for each chat, and bound to it one durable queue for each server, in which letters
/// wait while the server is away. The queue is bounded: what is dropped from it is missed by its number.
/// </summary>
internal sealed class AmqpBroker(AmqpName named) : IChatBroker
{
    private const int MaxQueuedLetters = 100_000;
    private const long MaxQueuedBytes = 256L * 1024 * 1024;

    // A server that has not come back within a week begins anew.
    private static readonly TimeSpan QueueLifetime = TimeSpan.FromDays(7);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    public string Name => named.Shown;

    public async Task<IChatBrokerLink> ConnectAsync(
        string network, string server, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await Factory(server).CreateConnectionAsync(cancellationToken).ConfigureAwait(false);
            return await OpenAsync(connection, network, server, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (AmqpFailures.AreOfBroker(error, cancellationToken))
        {
            throw AmqpFailures.Explain("connect to", Name, error);
        }
    }

    private ConnectionFactory Factory(string server)
    {
        var factory = new ConnectionFactory
        {
            HostName = named.Address.Host,
            Port = named.Address.Port > 0 ? named.Address.Port : AmqpTcpEndpoint.UseDefaultPort,
            UserName = named.User,
            Password = named.Password,
            VirtualHost = named.VirtualHost,
            ClientProvidedName = $"switchboard chat {server}",
            RequestedConnectionTimeout = ConnectTimeout,
            ContinuationTimeout = ConnectTimeout,
            RequestedHeartbeat = TimeSpan.FromSeconds(10),

            // What was on its way has to be known, so a broken link ends, and the chat makes another.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            MaxInboundMessageBodySize = AmqpLink.MaxLetterBytes,
        };
        if (named.Address.Scheme == "amqps")
        {
            factory.Ssl = new SslOption(named.Address.Host) { Enabled = true };
        }

        return factory;
    }

    private async Task<IChatBrokerLink> OpenAsync(
        IConnection connection, string network, string server, CancellationToken cancellationToken)
    {
        try
        {
            var (exchange, queue) = ($"switchboard.chat.{network}", $"switchboard.chat.{network}.{server}");
            var confirmed = new CreateChannelOptions(
                publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
            var wire = await connection.CreateChannelAsync(confirmed, cancellationToken).ConfigureAwait(false);
            await wire.ExchangeDeclareAsync(
                exchange, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            await wire.QueueDeclareAsync(
                queue, durable: true, exclusive: false, autoDelete: false, QueueArguments(),
                cancellationToken: cancellationToken).ConfigureAwait(false);
            await wire.QueueBindAsync(queue, exchange, "", cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            return await AmqpLink.StartAsync(Name, connection, wire, exchange, queue, cancellationToken)
                .ConfigureAwait(false);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static Dictionary<string, object?> QueueArguments() => new()
    {
        ["x-max-length"] = MaxQueuedLetters,
        ["x-max-length-bytes"] = MaxQueuedBytes,
        ["x-overflow"] = "drop-head",
        ["x-expires"] = (long)QueueLifetime.TotalMilliseconds,
    };
}
