namespace Switchboard.Transports;

/// <summary>Is told of every listener of this process. Throws nothing.</summary>
internal interface IListenerWatch
{
    void Opened(Listener listener);

    void Accepted(Listener listener, Connection connection);

    void Closed(Listener listener);
}
