using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Interop;

/// <summary>Programs that nobody here wrote speak TLS to our servers.</summary>
public sealed class TlsClientTests : IDisposable
{
    private const string Openssl =
        "openssl s_client -connect localhost:$1 -CAfile $2 -verify_return_error -quiet -no_ign_eof";

    private const string GnuTls = "gnutls-cli --x509cafile $2 -p $1 localhost --priority NORMAL:-VERS-ALL";

    private readonly TlsFolder _files = new();

    public static TheoryData<string, string> Talkers => new()
    {
        { "openssl", $"{Openssl} -tls1_2" },
        { "openssl", $"{Openssl} -tls1_3" },
        { "gnutls-cli", $"{GnuTls}:+VERS-TLS1.2" },
        { "gnutls-cli", $"{GnuTls}:+VERS-TLS1.3" },
        { "ncat", "ncat --ssl-verify --ssl-trustfile $2 localhost $1" },
    };

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Talkers))]
    public async Task A_line_comes_back_and_the_client_ends_well(string program, string line)
    {
        Programs.Require(program);
        await using var server = Serve("echo");
        await using var client = await StartAsync(server, line);

        await client.WriteAsync("hello, TLS\n");
        await client.Output.WaitForLineAsync("hello, TLS");
        client.EndInput();

        Assert.Equal(0, await client.ExitAsync());
    }

    [Fact]
    public async Task Curl_reads_to_the_end()
    {
        Programs.Require("curl");
        await using var server = Serve("greet");
        await using var client = await StartAsync(server, "curl -sS --http0.9 --cacert $2 https://localhost:$1/");

        Assert.Equal(0, await client.ExitAsync());
        Assert.Equal("Hello, Client! Welcome to the server.", client.Output.Text);
    }

    [Fact]
    public async Task A_client_without_a_certificate_gets_nothing_and_one_with_it_is_greeted()
    {
        Programs.Require("curl");
        const string Curl = "curl -sS --http0.9 --cacert $2 https://localhost:$1/";
        await using var server = Serve("greet", "--client-ca", _files.Authority);
        await using var stranger = await StartAsync(server, Curl);
        await using var known = await StartAsync(
            server, $"{Curl} --cert {_files.ClientCertificate} --key {_files.ClientKey}");

        Assert.NotEqual(0, await stranger.ExitAsync());
        Assert.Equal("", stranger.Output.Text);
        Assert.Equal(0, await known.ExitAsync());
        Assert.Contains("Hello", known.Output.Text, StringComparison.Ordinal);
        var refused = await server.Output.WaitForLineAsync("\"event\":\"handshake-failed\"");
        Assert.Contains("the client sent no certificate", refused, StringComparison.Ordinal);
        var opened = await server.Output.WaitForLineAsync("\"event\":\"opened\"");
        Assert.Contains("\"peerSubject\":\"CN=alice\"", opened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Python_is_told_the_end_of_TLS_and_tells_its_own()
    {
        Programs.Require("python3");
        const string Script = """
            import socket, ssl, sys
            context = ssl.create_default_context(cafile=sys.argv[2])
            context.set_alpn_protocols(['other', 'ours'])
            plain = socket.create_connection(('localhost', int(sys.argv[1])))
            tls = context.wrap_socket(plain, server_hostname='localhost', suppress_ragged_eofs=False)
            print(tls.selected_alpn_protocol(), tls.recv(100), tls.recv(100))
            tls.unwrap()
            """;
        await using var server = Serve("greet", "--alpn", "ours");
        await using var client = await StartAsync(server, $"python3 -c \"{Script}\" $1 $2");

        Assert.Equal(0, await client.ExitAsync());
        Assert.Equal("ours b'Hello, Client! Welcome to the server.' b''\n", client.Output.Text);
    }

    [Fact]
    public async Task Renegotiation_is_refused()
    {
        Programs.Require("openssl");
        await using var server = Serve("echo");
        await using var client = await StartAsync(server, "openssl s_client -connect localhost:$1 -tls1_2 -CAfile $2");
        await client.WriteAsync("before\n");
        await client.Output.WaitForLineAsync("before");

        await client.WriteAsync("R\n");

        var ended = await server.Output.WaitForLineAsync("\"event\":\"ended\"");
        Assert.Contains("renegotiation", ended, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_is_too_old_is_refused()
    {
        Programs.Require("openssl");
        await using var server = Serve("echo");
        await using var client = await StartAsync(
            server, "openssl s_client -connect localhost:$1 -tls1_1 -cipher ALL:@SECLEVEL=0");
        client.EndInput();

        Assert.NotEqual(0, await client.ExitAsync());
        Assert.Contains("protocol version", client.Error.Text, StringComparison.Ordinal);
    }

    private async Task<RunningProgram> StartAsync(RunningProgram server, string line)
    {
        var port = ((TlsEndpoint)await server.EndpointAsync()).Port;
        return RunningProgram.Start("timeout", "300", "/bin/sh", "-c", line, "sh", $"{port}", _files.Authority);
    }

    private RunningProgram Serve(string service, params string[] more)
    {
        string[] options = ["--json", "--cert", _files.Certificate, "--key", _files.Key, .. more];
        return RunningProgram.StartSwitchboard(["serve", service, "tls://localhost:0", .. options]);
    }
}
