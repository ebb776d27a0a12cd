namespace Switchboard;

/// <summary>The user's code for one connection. When it returns, the server closes the connection in order.</summary>
/// <param name="connection">The server's; the handler may close it early, and must not keep it.</param>
/// <param name="stopping">Cancelled when the server begins to stop: finish what is under way, and return.</param>
public delegate Task ConnectionHandler(Connection connection, CancellationToken stopping);
