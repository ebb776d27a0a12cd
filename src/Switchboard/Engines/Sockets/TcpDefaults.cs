namespace Switchboard.Engines.Sockets;

/// <summary>
/// What every TCP connection is given. A peer that vanished without a word is found in two minutes, not in two hours.
/// </summary>
internal static class TcpDefaults
{
    public const int KeepAliveAfterSeconds = 60;
    public const int KeepAliveEverySeconds = 10;
    public const int KeepAliveProbes = 6;
}
