namespace Switchboard.Chat;

/// <summary>
/// One connection to a broker, until it breaks: then every member throws, and a new one is to be made. One caller
/// publishes, and one other receives and acknowledges.
/// </summary>
public interface IChatBrokerLink : IAsyncDisposable
{
    /// <summary>Gives a letter to all servers, this one included.</summary>
    /// <param name="letter">Its bytes; they may be changed once this completes.</param>
    /// <param name="lifetime">Whether it waits for servers that are away.</param>
    /// <param name="cancellationToken">Gives up waiting; whether the letter is published is not known then.</param>
    /// <returns>Completes when the broker has it, and will not lose it if it is a lasting one.</returns>
    /// <exception cref="ChatBrokerException">Whether the broker has it is not known.</exception>
    Task PublishAsync(
        ReadOnlyMemory<byte> letter, LetterLifetime lifetime, CancellationToken cancellationToken);

    /// <summary>The next letter. Those that are not acknowledged when the link breaks come again, in order.</summary>
    /// <exception cref="ChatBrokerException">The link is broken.</exception>
    Task<BrokerLetter> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Lets the broker forget a letter.</summary>
    /// <exception cref="ChatBrokerException">The link is broken.</exception>
    Task AcknowledgeAsync(BrokerLetter letter, CancellationToken cancellationToken);
}
