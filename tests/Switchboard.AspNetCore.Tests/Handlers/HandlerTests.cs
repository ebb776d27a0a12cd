using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Switchboard.AspNetCore.Tests.Kestrel;
using Switchboard.Tests.Connections;

namespace Switchboard.AspNetCore.Tests.Handlers;

/// <summary>A handler of Switchboard's at an endpoint of Kestrel's.</summary>
public sealed class HandlerTests
{
    public static TheoryData<WebTransport, bool> WithAndWithoutTls =>
    [
        .. from transport in (WebTransport[])[WebTransport.Own, .. WebTransports.Ours]
           from tls in (bool[])[false, true]
           select (transport, tls),
    ];

    [Theory]
    [MemberData(nameof(WithAndWithoutTls))]
    public async Task Frames_go_both_ways(WebTransport transport, bool tls)
    {
        await using var run = await StartAsync(transport, ReverseAsync, tls);
        await using var client = await ConnectAsync(run, tls);
        await using var lines = client.Frames(Framing.Lines(maxBytes: 200_000));
        var large = new string('x', 100_000) + "y";
        foreach (var line in (string[])["hello", "", large])
        {
            await lines.SendAsync(Encoding.ASCII.GetBytes(line)).Soon();
            var answer = await lines.ReceiveAsync().Soon();
            Assert.Equal(string.Concat(line.Reverse()), Encoding.ASCII.GetString(answer!.Value.Span));
        }
    }

    [Theory]
    [MemberData(nameof(WebTransports.All), MemberType = typeof(WebTransports))]
    public async Task The_answer_to_an_end_arrives(WebTransport transport)
    {
        await using var run = await StartAsync(transport, async (connection, stopping) =>
            await connection.SendAsync(await connection.ReceiveToEndAsync(100, stopping), stopping));
        await using var client = await ConnectAsync(run);
        await client.SendAsync("abc"u8.ToArray());
        await client.CompleteSendingAsync();

        Assert.Equal("abc"u8.ToArray(), await client.ReceiveToEndAsync(100).Soon());
    }

    [Theory]
    [MemberData(nameof(WebTransports.All), MemberType = typeof(WebTransports))]
    public async Task A_handler_that_fails_resets_its_connection_and_is_logged(WebTransport transport)
    {
        await using var run = await StartAsync(transport, async (connection, stopping) =>
        {
            await connection.ReceiveAsync(new byte[1], stopping);
            throw new InvalidOperationException("broken");
        });
        await using var client = await ConnectAsync(run);
        await client.SendAsync("a"u8.ToArray());

        await Assert.ThrowsAsync<ConnectionResetException>(() => client.ReceiveAsync(new byte[1]).Soon());
        await Waiting.UntilAsync(
            () => run.Log.Texts.Any(text => text.Contains("Unhandled exception", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(WebTransports.All), MemberType = typeof(WebTransports))]
    public async Task A_peer_that_resets_is_nobodys_mistake(WebTransport transport)
    {
        var begun = new TaskCompletionSource();
        var thrown = new TaskCompletionSource<Exception>();
        await using var run = await StartAsync(transport, async (connection, stopping) =>
        {
            await connection.ReceiveExactlyAsync(new byte[1], stopping);
            begun.SetResult();
            thrown.SetResult(await Assert.ThrowsAnyAsync<Exception>(
                () => connection.ReceiveAsync(new byte[1], stopping).AsTask()));
            throw await thrown.Task;
        });
        await using var client = await ConnectAsync(run);
        await client.SendAsync("a"u8.ToArray());
        await begun.Task.Soon();
        client.Abort();

        Assert.IsType<ConnectionResetException>(await thrown.Task.Soon());
        await Waiting.UntilAsync(() => run.Log.KestrelEvents.Contains("ConnectionStop"));
        Assert.DoesNotContain(run.Log.Texts, text => text.Contains("Unhandled exception", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(WebTransports.All), MemberType = typeof(WebTransports))]
    public async Task A_handler_is_told_when_Kestrel_stops(WebTransport transport)
    {
        var begun = new TaskCompletionSource();
        await using var run = await StartAsync(transport, async (connection, stopping) =>
        {
            begun.SetResult();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => connection.ReceiveAsync(new byte[1], stopping).AsTask());
            await connection.SendAsync("bye"u8.ToArray(), CancellationToken.None);
        });
        await using var client = await ConnectAsync(run);
        await begun.Task.Soon();

        var stopping = run.StopAsync();

        Assert.Equal("bye"u8.ToArray(), await client.ReceiveToEndAsync(100).Soon());
        await client.DisposeAsync();
        await stopping.Soon();
    }

    [Fact]
    public async Task What_TLS_agreed_on_is_known_to_the_handler()
    {
        var seen = new TaskCompletionSource<TlsDetails?>();
        await using var run = await StartAsync(
            WebTransport.Sockets,
            (connection, _) =>
            {
                seen.SetResult(connection.Tls);
                return Task.CompletedTask;
            },
            tls: true);
        await using var client = await ConnectAsync(run, tls: true);

        Assert.Equal("localhost", (await seen.Task.Soon())?.ServerName);
        Assert.Equal(client.Tls!.Protocol, (await seen.Task)!.Protocol);
    }

    private static async Task ReverseAsync(Connection connection, CancellationToken stopping)
    {
        await using var lines = connection.Frames(Framing.Lines(maxBytes: 200_000));
        await foreach (var line in lines.ReceiveAllAsync(stopping))
        {
            await lines.SendAsync(line.ToArray().Reverse().ToArray(), stopping);
        }
    }

    private static Task<WebRun> StartAsync(WebTransport transport, ConnectionHandler handler, bool tls = false) =>
        WebRun.StartAsync(
            transport,
            _ => Task.CompletedTask,
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
            {
                if (tls)
                {
                    endpoint.UseHttps(Certificates.Shared);
                }

                endpoint.UseSwitchboardHandler(handler);
            }));

    private static Task<Connection> ConnectAsync(WebRun run, bool tls = false) => Connection.ConnectAsync(
        new TcpEndpoint("127.0.0.1", run.Port),
        new ConnectOptions
        {
            Tls = tls
                ? new() { ServerName = "localhost", Verification = TlsVerification.InsecureAcceptAnyone }
                : null,
        }).Soon();
}
