namespace Switchboard.Transports;

/// <summary>What lies where a unix socket is to be bound.</summary>
internal enum SocketFileKind
{
    NotASocket,
    SomebodyElses,
    Ours,
}
