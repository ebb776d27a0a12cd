using System.Net;
using System.Net.Sockets;

namespace Switchboard.Cli.Tests.Conversations;

/// <summary>What <c>--explain</c> says, on standard error alone.</summary>
public sealed class ExplainTests
{
    [Fact]
    public async Task A_client_hears_what_each_of_its_calls_has_done()
    {
        await using var server = await Server.StartAsync("tcp://127.0.0.1:0", async (connection, stopping) =>
            await connection.SendAsync(await connection.ReceiveToEndAsync(maxBytes: 100, stopping), stopping));

        await using var run = await CommandRun.RunAsync("connect", $"{server.Local}", "--send", "hello", "--explain");

        Assert.Equal(0, await run.Exit);
        Assert.Equal("hello", run.Output.Text);
        Assert.Contains("connect  Connected: the two kernels", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("send  send took 5 bytes", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("shutdown  The peer will read 0", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("recv  recv brought 5 bytes", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("recv  recv returned 0", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains(
            "in all  Sent 5 B in 1 call; received 5 B in 1 receive.", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("This end finished first", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_has_its_name_and_its_sentence()
    {
        // Bound and not listening: nobody else can come to listen there.
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        await using var run = await CommandRun.RunAsync("connect", $"{silent.LocalEndPoint}", "--explain");

        Assert.NotEqual(0, await run.Exit);
        Assert.Contains("connect failed with ECONNREFUSED.", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_hears_of_accept_and_of_frames()
    {
        await using var run = CommandRun.Start(
            "listen", "127.0.0.1:0", "--framing", "lines", "--explain", "--json");
        var local = await run.WaitForEndpointAsync();
        await using (var client = await Connection.ConnectAsync(local))
        {
            await client.SendAsync("one\ntwo\n"u8.ToArray());
            await client.CompleteSendingAsync();
            await client.ReceiveToEndAsync(maxBytes: 100);
        }

        Assert.Equal(0, await run.Exit);
        Assert.Contains("listen  It listens", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("accept  accept returned a new socket", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("recv  A frame of 3 bytes", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("received 8 B in 2 frames", run.Error.Text, StringComparison.Ordinal);
    }
}
