using Switchboard.Chat.Brokers;

namespace Switchboard.Chat;

/// <summary>Finds the broker that a line of text names.</summary>
public static class ChatBroker
{
    /// <summary>Names a RabbitMQ; it is connected to when a chat starts.</summary>
    /// <param name="broker">
    /// <c>amqp://user@host:port/virtual-host</c>, or <c>amqps://</c> for TLS. The password comes from the environment
    /// variable <c>SWITCHBOARD_BROKER_PASSWORD</c>; <c>env:NAME</c> and <c>@FILE</c> say where a whole line stands,
    /// which may have the password in it.
    /// </param>
    /// <exception cref="ArgumentException">The text names no broker, or has a password where others see it.</exception>
    public static IChatBroker Parse(string broker) => new AmqpBroker(AmqpName.Resolve(broker));
}
