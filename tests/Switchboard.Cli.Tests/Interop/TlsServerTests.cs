using Switchboard.Cli.Tests.Processes;
using Switchboard.Tests;

namespace Switchboard.Cli.Tests.Interop;

/// <summary>Our client speaks TLS to servers that nobody here wrote.</summary>
public sealed class TlsServerTests : IDisposable
{
    private const string Openssl =
        "openssl s_server -accept localhost:$1 -cert $2/server.pem -key $2/server.key -quiet";

    private readonly TlsFolder _files = new();

    public static TheoryData<string, string, string> Servers => new()
    {
        { "openssl", $"{Openssl} -rev -tls1_2", "olleh\n" },
        { "openssl", $"{Openssl} -rev -tls1_3", "olleh\n" },
        {
            "gnutls-serv",
            "gnutls-serv --echo -q -p $1 --x509certfile $2/server.pem --x509keyfile $2/server.key",
            "hello\n"
        },
        { "python3", $"python3 $2/serve.py $1 $2", "hello\n" },
    };

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_line_is_answered_and_both_ends_finish(string program, string line, string reply)
    {
        Programs.Require(program);
        await File.WriteAllTextAsync(Path.Combine(_files.Path, "serve.py"), PythonServer);
        var port = FreePort.Next();
        await using var server = StartServer(line, port);

        await using var client = await ConnectAsync(port, _files.Authority, "--send", "hello\\n");

        Assert.Equal(reply, client.Output.Text);
        Assert.Equal(0, await client.ExitAsync());
    }

    [Fact]
    public async Task A_peer_that_never_says_it_has_finished_may_have_been_cut_off()
    {
        Programs.Require("ncat");
        var port = FreePort.Next();
        await using var server = StartServer(
            "printf 'a reply' | ncat -l localhost $1 --ssl --ssl-cert $2/server.pem --ssl-key $2/server.key", port);

        await using var client = await ConnectAsync(port, _files.Authority, "--send", "hello\\n");

        Assert.Equal("a reply", client.Output.Text);
        Assert.Equal(1, await client.ExitAsync());
        Assert.Contains("may be cut off", client.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_TLS_is_named()
    {
        Programs.Require("nc.openbsd");
        var port = FreePort.Next();
        await using var server = StartServer("printf '220 ready\\r\\n' | nc.openbsd -l localhost $1", port);

        await using var client = await ConnectAsync(port, _files.Authority);

        Assert.Equal(3, await client.ExitAsync());
        Assert.Contains("does not speak TLS: it began with \"220 ready", client.Error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1024", "sha256")]
    [InlineData("2048", "sha1")]
    public async Task A_weak_key_or_signature_is_refused_though_an_authority_vouches_for_it(string bits, string digest)
    {
        Programs.Require("openssl");
        await using var making = RunningProgram.Start(
            "/bin/sh", "-c", MakeWeakCertificate, "sh", bits, digest, _files.Path);
        Assert.Equal(0, await making.ExitAsync());
        var port = FreePort.Next();
        await using var server = StartServer(
            "openssl s_server -accept localhost:$1 -cert $2/weak.pem -key $2/weak.key -cipher ALL:@SECLEVEL=0 -quiet",
            port);

        await using var client = await ConnectAsync(port, Path.Combine(_files.Path, "weak-ca.pem"));

        Assert.Equal(5, await client.ExitAsync());
        Assert.Contains("is too weak", client.Error.Text, StringComparison.Ordinal);
    }

    private const string PythonServer = """
        import socket, ssl, sys
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2] + '/server.pem', sys.argv[2] + '/server.key')
        listening = socket.create_server(('localhost', int(sys.argv[1])))
        tls = context.wrap_socket(listening.accept()[0], server_side=True, suppress_ragged_eofs=False)
        while part := tls.recv(100):
            tls.sendall(part)
        tls.unwrap()
        """;

    private const string MakeWeakCertificate = """
        cd $3
        openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=weak-ca -keyout weak-ca.key -out weak-ca.pem
        openssl req -newkey rsa:$1 -nodes -subj /CN=localhost -keyout weak.key -out weak.csr
        printf 'subjectAltName=DNS:localhost' > names
        openssl x509 -req -in weak.csr -$2 -extfile names -out weak.pem \
            -CA weak-ca.pem -CAkey weak-ca.key -CAcreateserial
        """;

    private RunningProgram StartServer(string line, int port) =>
        RunningProgram.Start("timeout", "300", "/bin/sh", "-c", line, "sh", $"{port}", _files.Path);

    /// <summary>Talks to the end; waits until somebody listens.</summary>
    private static async Task<RunningProgram> ConnectAsync(int port, string authority, params string[] more)
    {
        var client = RunningProgram.StartSwitchboard(
            ["connect", $"tls://localhost:{port}", "--ca", authority, "--retry", "20", "--timeout", "3m", .. more]);
        client.EndInput();
        await client.ExitAsync();
        return client;
    }
}
