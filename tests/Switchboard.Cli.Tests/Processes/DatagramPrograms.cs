namespace Switchboard.Cli.Tests.Processes;

/// <summary>
/// Programs that others wrote, as lines of shell in which PORT is a port of this machine's. They wait for longer than
/// any test does.
/// </summary>
public static class DatagramPrograms
{
    /// <summary>Clients that send <c>question</c> in one datagram, and print what comes back.</summary>
    public static TheoryData<string, string> Clients => new()
    {
        { "nc.openbsd", "printf question | nc.openbsd -u -w 90 127.0.0.1 PORT" },
        { "nc.traditional", "printf question | nc.traditional -u -w 90 127.0.0.1 PORT" },
        { "ncat", "(printf question; sleep 90) | ncat -u -i 90 127.0.0.1 PORT 2> /dev/null" },
        { "socat", "printf question | socat -t 90 - UDP:127.0.0.1:PORT" },
        {
            "python3",
            """
            python3 -c 'import socket, sys
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.settimeout(90)
            s.sendto(b"question", ("127.0.0.1", PORT))
            sys.stdout.write(s.recvfrom(1000)[0].decode())'
            """
        },
    };

    /// <summary>Servers that print the first datagram, and send its peer the line that they are given then.</summary>
    public static TheoryData<string, string> Servers => new()
    {
        { "nc.openbsd", "exec nc.openbsd -u -l 127.0.0.1 PORT" },
        { "ncat", "exec ncat -u -l 127.0.0.1 PORT" },
        { "socat", "exec socat - UDP-LISTEN:PORT,bind=127.0.0.1" },
        {
            "python3",
            """
            exec python3 -u -c 'import socket, sys
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.bind(("127.0.0.1", PORT))
            asked, peer = s.recvfrom(1000)
            sys.stdout.write(asked.decode())
            s.sendto(sys.stdin.readline().encode(), peer)'
            """
        },
    };

    /// <summary>Starts such a line.</summary>
    internal static RunningProgram Start(string line, int port) =>
        RunningProgram.StartShell(line.Replace("PORT", $"{port}", StringComparison.Ordinal));
}
