namespace Switchboard.Cli.Tests.Interop;

/// <summary>The programs of the table, with the flags that make them wait for a reply.</summary>
internal static class Peers
{
    private static readonly Family[] AllFamilies = [Family.Tcp4, Family.Tcp6, Family.Unix];

    public static IReadOnlyDictionary<string, Peer> ByName { get; } = new Peer[]
    {
        new("nc.openbsd", AllFamilies,
            (address, role) => $"nc.openbsd -N {Dash(role, "-l")} {HostPort(address, "-U")}",

            // It runs no program, and its standard output stays open when the peer finishes: the reply is to the line.
            (address, role) => $"mkfifo pipe; nc.openbsd -N {Dash(role, "-l")} {HostPort(address, "-U")} <pipe "
                + "| { head -n 1 | ./reply; } >pipe")
        {
            CannotReplyListening = "with -l it ends when the peer finishes sending",
        },

        // It half-closes when its input ends, and ends so long afterwards if the peer has not closed before.
        new("nc.traditional", [Family.Tcp4],
            (address, role) => role == Role.Listen
                ? $"nc.traditional -q 60 -l -s {address.Host} -p {address.Port}"
                : $"nc.traditional -q 60 {address.Host} {address.Port}",
            (address, role) => role == Role.Listen
                ? $"nc.traditional -l -s {address.Host} -p {address.Port} -e ./reply"
                : $"nc.traditional {address.Host} {address.Port} -e ./reply"),

        new("ncat", AllFamilies,
            (address, role) => $"ncat {Dash(role, "-l")} {HostPort(address, "-U")}",
            (address, role) => $"mkfifo pipe; ncat {Dash(role, "-l")} {HostPort(address, "-U")} <pipe "
                + "| { head -n 1 | ./reply; } >pipe")
        {
            CannotReplyListening = "with -l it ends when the peer finishes sending",
        },

        new("socat", AllFamilies,
            (address, role) => $"socat -t60 - {Socat(address, role)}",
            (address, role) => $"socat -t60 {Socat(address, role)} EXEC:./reply"),

        new("python3", AllFamilies,
            (address, role) => $"python3 talk.py {role} {address.Family} '{address.Host}{address.Path}' {address.Port}",
            (address, role) =>
                $"python3 talk.py {role} {address.Family} '{address.Host}{address.Path}' {address.Port} ./reply"),
    }.ToDictionary(peer => peer.Program);

    /// <summary>Talks through Python's socket module; with a program, as that program's standard streams.</summary>
    public const string PythonScript = """
        import os, socket, sys
        role, family, host, port = sys.argv[1:5]
        kind = {'Tcp4': socket.AF_INET, 'Tcp6': socket.AF_INET6, 'Unix': socket.AF_UNIX}[family]
        address = host if family == 'Unix' else (host, int(port))
        talking = socket.socket(kind)
        if role == 'Listen':
            if family != 'Unix':
                talking.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            talking.bind(address)
            talking.listen()
            talking = talking.accept()[0]
        else:
            talking.connect(address)
        if len(sys.argv) > 5:
            os.dup2(talking.fileno(), 0)
            os.dup2(talking.fileno(), 1)
            os.execv(sys.argv[5], sys.argv[5:])
        talking.sendall(sys.stdin.buffer.read())
        talking.shutdown(socket.SHUT_WR)
        while part := talking.recv(65536):
            sys.stdout.buffer.write(part)
        """;

    private static string Dash(Role role, string listening) => role == Role.Listen ? listening : "";

    private static string HostPort(Address address, string unix) =>
        address.Family == Family.Unix ? $"{unix} {address.Path}" : $"{address.Host} {address.Port}";

    private static string Socat(Address address, Role role) => (address.Family, role) switch
    {
        (Family.Tcp4, Role.Listen) => $"TCP4-LISTEN:{address.Port},bind={address.Host},reuseaddr",
        (Family.Tcp4, _) => $"TCP4:{address.Host}:{address.Port}",
        (Family.Tcp6, Role.Listen) => $"TCP6-LISTEN:{address.Port},bind=[{address.Host}],reuseaddr",
        (Family.Tcp6, _) => $"TCP6:[{address.Host}]:{address.Port}",
        (_, Role.Listen) => $"UNIX-LISTEN:{address.Path}",
        _ => $"UNIX-CONNECT:{address.Path}",
    };
}
