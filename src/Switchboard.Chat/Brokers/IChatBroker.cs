namespace Switchboard.Chat;

/// <summary>
/// What carries letters between the servers of one chat: whatever one of them publishes comes to all of them, in the
/// order of each publisher, and waits for those that are away.
/// </summary>
public interface IChatBroker
{
    /// <summary>Which broker, for messages: without a password.</summary>
    string Name { get; }

    /// <summary>Connects; from the first time on, letters wait for a server of this name.</summary>
    /// <param name="network">The chat's name, which its servers share.</param>
    /// <param name="server">The server's own name: no two are connected under one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ChatBrokerException">It is not there, or refuses.</exception>
    Task<IChatBrokerLink> ConnectAsync(string network, string server, CancellationToken cancellationToken);
}
