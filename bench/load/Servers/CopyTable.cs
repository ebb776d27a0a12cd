namespace Switchboard.Bench.Load.Servers;

/// <summary>Every way to send a file that there is to measure.</summary>
internal static class CopyTable
{
    private const string Host = "127.0.0.1";
    private const string Place = $"{Host}:{ServerKind.Port}";
    private const string BufferBytes = "262144";

    // Beside the folder that is received into, and new for each copy.
    private const string Ticket = $"{CopyKind.Folder}.ticket";

    private static readonly string Reference = Path.Combine(Places.Built, "copy");
    private static readonly string Certificate = Path.Combine(Places.Built, "copy.pem");

    // A key and a certificate for it, both in one file.
    private static readonly string[] MakeCertificate =
    [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-batch",
        "-subj", "/CN=localhost", "-keyout", Certificate, "-out", Certificate,
    ];

    public static IReadOnlyList<CopyKind> All { get; } =
    [
        InC("c-sendfile", "C, sendfile, received in pieces of 1 MiB"),
        InC("c-sendfile-cubic", "the same, its socket asked for TCP's cubic", "cubic"),
        new()
        {
            Name = "nc",
            About = "netcat of OpenBSD",
            Receiver = ["nc.openbsd", "-l", Host, ServerKind.Port],
            WritesOutput = true,
            Sender = ["nc.openbsd", "-N", Host, ServerKind.Port],
            ReadsInput = true,
        },
        new()
        {
            Name = "socat-256k",
            About = "socat with a buffer of 256 KiB",
            Receiver = Socat($"TCP-LISTEN:{ServerKind.Port},bind={Host},reuseaddr", $"CREATE:{CopyKind.To}"),
            Sender = Socat($"OPEN:{CopyKind.From}", $"TCP:{Place}"),
        },
        Switchboard("switchboard-plain", "--plain: SHA-256 of the whole file at both ends") with
        {
            Receiver = Run("receive", $"tcp://{Place}", "--into", CopyKind.Folder, "--plain"),
            Sender = Run("send", CopyKind.From, "--plain", "--to", $"tcp://{Place}"),
        },
        new()
        {
            Name = "openssl",
            About = "s_client and s_server",
            IsEncrypted = true,
            Build = MakeCertificate,
            Receiver =
            [
                "openssl", "s_server", "-quiet", "-accept", Place, "-naccept", "1",
                "-cert", Certificate, "-key", Certificate,
            ],
            WritesOutput = true,
            Sender = ["openssl", "s_client", "-quiet", "-no_ign_eof", "-nocommands", "-connect", Place],
            ReadsInput = true,
        },
        new()
        {
            Name = "socat-tls-256k",
            About = "socat over OpenSSL with a buffer of 256 KiB",
            IsEncrypted = true,
            Build = MakeCertificate,
            Receiver = Socat(
                $"OPENSSL-LISTEN:{ServerKind.Port},bind={Host},reuseaddr,cert={Certificate},verify=0",
                $"CREATE:{CopyKind.To}"),
            Sender = Socat($"OPEN:{CopyKind.From}", $"OPENSSL:{Place},verify=0"),
        },
        Switchboard("switchboard", "with a ticket: TLS 1.3, and SHA-256 of the whole file at both ends") with
        {
            IsEncrypted = true,
            Receiver = Run("receive", $"tcp://{Place}", "--into", CopyKind.Folder, "--ticket-file", Ticket),
            Sender = Run("send", CopyKind.From, "--ticket-file", Ticket),
        },
    ];

    private static CopyKind InC(string name, string about, params IReadOnlyList<string> congestion) => new()
    {
        Name = name,
        About = about,
        Build = ["gcc", "-O2", "-o", Reference, Path.Combine(Places.Sources, "copy.c")],
        Receiver = [Reference, "receive", ServerKind.Port, CopyKind.To],
        Sender = [Reference, "send", ServerKind.Port, CopyKind.From, .. congestion],
    };

    private static CopyKind Switchboard(string name, string about) =>
        new() { Name = name, About = about, IsOurs = true, Receiver = [], Sender = [] };

    private static string[] Socat(string from, string to) => ["socat", "-u", "-b", BufferBytes, from, to];

    private static string[] Run(params string[] arguments) =>
        ["dotnet", Places.Assembly("src/Switchboard.Cli", "Switchboard.Cli"), .. arguments];
}
