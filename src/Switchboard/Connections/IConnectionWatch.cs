namespace Switchboard.Connections;

/// <summary>Is told of every connection of this process. Throws nothing.</summary>
internal interface IConnectionWatch
{
    void Opened(Connection connection);

    void Ended(Connection connection, ConnectionEnd end);
}
