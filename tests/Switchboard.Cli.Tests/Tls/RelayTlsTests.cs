using Switchboard.Cli.Tests.Interop;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Tls;

/// <summary><c>relay</c> with TLS at either end, or both.</summary>
public sealed class RelayTlsTests : IDisposable
{
    private const string Greeting = "Hello, Client! Welcome to the server.";

    private readonly TlsFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Whoever_connects_may_have_to_speak_TLS()
    {
        await using var target = CommandRun.Start("serve", "greet", ":0", "--json");
        await using var relay = CommandRun.Start(
            "relay", "127.0.0.1:0", $"{await target.WaitForEndpointAsync()}", "--tls", "--self-signed", "--json");
        var pin = (await relay.WaitForEventAsync("certificate")).GetProperty("fingerprint").GetString()!;

        await using var client = await CommandRun.RunAsync(
            "connect", $"{await relay.WaitForEndpointAsync()}", "--tls", "--pin", pin);

        Assert.Equal(Greeting, client.Output.Text);
        Assert.Equal(0, await client.Exit);
    }

    [Fact]
    public async Task Another_program_speaks_TLS_with_a_relay_and_that_with_the_target()
    {
        Programs.Require("openssl");
        await using var target = CommandRun.Start(
            "serve", "greet", "tls://127.0.0.1:0", "--cert", _files.Certificate, "--key", _files.Key,
            "--client-ca", _files.Authority, "--json");
        await using var relay = CommandRun.Start(
            "relay", "tls://localhost:0", $"{await target.WaitForEndpointAsync()}",
            "--cert", _files.Certificate, "--key", _files.Key,
            "--to-ca", _files.Authority, "--to-server-name", "localhost",
            "--to-cert", _files.ClientCertificate, "--to-key", _files.ClientKey, "--json");
        var port = ((HostEndpoint)await relay.WaitForEndpointAsync()).Port;

        await using var client = RunningProgram.StartShell(
            $"openssl s_client -connect localhost:{port} -CAfile {_files.Authority} -verify_return_error -quiet");

        await client.Output.WaitForAsync(Greeting);
        var opened = await target.WaitForEventAsync("opened");
        Assert.Equal("CN=alice", opened.GetProperty("tls").GetProperty("peerSubject").GetString());
    }

    [Fact]
    public async Task A_target_that_does_not_prove_who_it_is_is_not_spoken_to()
    {
        await using var target = CommandRun.Start("serve", "greet", "tls://127.0.0.1:0", "--self-signed", "--json");
        await using var relay = CommandRun.Start(
            "relay", "127.0.0.1:0", $"{await target.WaitForEndpointAsync()}", "--json");
        var endpoint = await relay.WaitForEndpointAsync();

        // The reset may come before the connect has been looked at.
        await Assert.ThrowsAnyAsync<ConnectionException>(async () =>
        {
            await using var client = await Peer.ConnectAsync(endpoint);
            await Peer.HearAllAsync(client);
        });
        await relay.Output.WaitForLineAsync("\"event\":\"handler-failed\"", "vouches for itself");
    }

    [Fact]
    public async Task Datagrams_become_frames_of_TLS()
    {
        await using var target = CommandRun.Start(
            "serve", "echo", "tls://127.0.0.1:0", "--self-signed", "--framing", "lines", "--json");
        await using var relay = CommandRun.Start(
            "relay", "udp://127.0.0.1:0", $"{await target.WaitForEndpointAsync()}", "--framing", "lines",
            "--to-insecure", "--json");
        await using var client = await DatagramSocket.ConnectAsync(
            await relay.WaitForEndpointAsync(), cancellationToken: Deadline.Soon);
        await client.SendAsync("secret"u8.ToArray(), Deadline.Soon);

        Assert.Equal(6, (await client.ReceiveAsync(new byte[100], Deadline.Soon)).Length);
        var warning = await relay.WaitForEventAsync("warning");
        Assert.Contains("--to-insecure", warning.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("--to-pin or --to-ca", warning.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Did you mean --to-insecure?", ":0", "tls://localhost:1", "--insecure")]
    [InlineData("--to-key is the key of a certificate", ":0", "tls://localhost:1", "--to-key", "x")]
    [InlineData("--to-pin and --to-ca would be", ":0", "tls://localhost:1", "--to-insecure", "--to-ca", "x")]
    [InlineData("Add --to-tls", ":0", ":1", "--to-ca", "x")]
    [InlineData("Add --tls", ":0", ":1", "--self-signed")]
    [InlineData("nobody connects to -", "-", ":1", "--tls", "--self-signed")]
    [InlineData("needs a certificate", "tls://localhost:0", ":1")]
    public async Task What_is_meant_for_the_other_end_is_said(string why, params string[] arguments)
    {
        await using var run = await CommandRun.RunAsync(["relay", .. arguments]);

        Assert.Equal(2, await run.Exit);
        Assert.Contains(why, run.Error.Text, StringComparison.Ordinal);
    }
}
