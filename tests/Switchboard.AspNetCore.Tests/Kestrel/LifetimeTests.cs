using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Switchboard.Tests.Connections;

namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>How connections and servers end.</summary>
public sealed class LifetimeTests
{
    private const string Request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    public static TheoryData<WebTransport> Ours => [.. WebTransports.Ours];

    [Theory]
    [MemberData(nameof(WebTransports.All), MemberType = typeof(WebTransports))]
    public async Task A_request_is_aborted_when_its_client_leaves(WebTransport transport)
    {
        var (begun, aborted) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var run = await WebRun.StartAsync(transport, async http =>
        {
            http.RequestAborted.Register(aborted.SetResult);
            begun.SetResult();
            await aborted.Task;
        });
        using var client = await AskAsync(run.Port);
        await begun.Task.Soon();

        client.Dispose();

        await aborted.Task.Soon();
    }

    [Theory]
    [MemberData(nameof(WebTransports.All), MemberType = typeof(WebTransports))]
    public async Task A_handler_that_blocks_its_thread_still_hears_that_its_client_has_left(WebTransport transport)
    {
        var begun = new TaskCompletionSource();
        var heard = new TaskCompletionSource<bool>();
        await using var run = await WebRun.StartAsync(transport, http =>
        {
            begun.SetResult();
            heard.SetResult(http.RequestAborted.WaitHandle.WaitOne(TimeSpan.FromMinutes(2)));
            return Task.CompletedTask;
        });
        using var client = await AskAsync(run.Port);
        await begun.Task.Soon();

        client.Dispose();

        Assert.True(await heard.Task.Soon());
    }

    [Theory]
    [MemberData(nameof(WebTransports.All), MemberType = typeof(WebTransports))]
    public async Task A_body_may_be_read_by_blocking(WebTransport transport)
    {
        await using var run = await WebRun.StartAsync(
            transport,
            http =>
            {
                var body = new byte[5];
                http.Request.Body.ReadExactly(body);
                return WebClient.AnswerAsync(http, Encoding.ASCII.GetString(body));
            },
            kestrel =>
            {
                kestrel.AllowSynchronousIO = true;
                kestrel.Listen(IPAddress.Loopback, 0);
            });
        const string Head = "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";

        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, run.Port);
        await client.SendAsync(Encoding.ASCII.GetBytes(Head));
        await client.SendAsync("he"u8.ToArray());
        await client.SendAsync("llo"u8.ToArray());
        using var answer = new StreamReader(new NetworkStream(client));

        Assert.EndsWith("hello", await answer.ReadToEndAsync().Soon(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WebTransports.All), MemberType = typeof(WebTransports))]
    public async Task Requests_under_way_are_answered_when_the_server_stops(WebTransport transport)
    {
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var run = await WebRun.StartAsync(transport, async http =>
        {
            begun.SetResult();
            await release.Task;
            await WebClient.AnswerAsync(http, "answered");
        });
        using var client = await AskAsync(run.Port);
        await begun.Task.Soon();

        var stopping = run.StopAsync();
        await Waiting.UntilAsync(() => IsRefused(run.Port));
        release.SetResult();

        using var answer = new StreamReader(new NetworkStream(client));
        Assert.Contains("answered", await answer.ReadToEndAsync().Soon(), StringComparison.Ordinal);
        client.Dispose();
        await stopping.Soon();
    }

    [Theory]
    [MemberData(nameof(WebTransports.All), MemberType = typeof(WebTransports))]
    public async Task A_client_that_is_idle_does_not_hold_the_stop_up(WebTransport transport)
    {
        await using var run = await WebRun.StartAsync(transport, EchoApplication.RunAsync);
        using var client = await AskAsync(run.Port);
        await client.ReceiveAsync(new byte[1024].AsMemory()).Soon();

        await run.StopAsync().Soon();

        Assert.Equal(0, await client.ReceiveAsync(new byte[1].AsMemory()).Soon());
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task A_handler_can_finish_sending_and_go_on_receiving(WebTransport transport)
    {
        var received = new TaskCompletionSource<string>();
        await using var run = await StartHandlerAsync(transport, async connection =>
        {
            await connection.Transport.Output.WriteAsync("the end"u8.ToArray());
            await connection.Transport.Output.CompleteAsync();
            using var rest = new StreamReader(connection.Transport.Input.AsStream());
            received.SetResult(await rest.ReadToEndAsync());
        });
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, run.Port);

        using var answer = new StreamReader(new NetworkStream(client));
        Assert.Equal("the end", await answer.ReadToEndAsync().Soon());
        await client.SendAsync("and so I say"u8.ToArray());
        client.Shutdown(SocketShutdown.Send);

        Assert.Equal("and so I say", await received.Task.Soon());
    }

    [Theory]
    [MemberData(nameof(WebTransports.All), MemberType = typeof(WebTransports))]
    public async Task A_reset_is_the_same_exception_as_on_Kestrels_own_transport(WebTransport transport)
    {
        var thrown = new TaskCompletionSource<Exception?>();
        var begun = new TaskCompletionSource();
        await using var run = await StartHandlerAsync(transport, async connection =>
        {
            var first = await connection.Transport.Input.ReadAsync();
            connection.Transport.Input.AdvanceTo(first.Buffer.End);
            begun.SetResult();
            thrown.SetResult(await Record.ExceptionAsync(() => ReadToEndAsync(connection)));
        });
        using var client = await AskAsync(run.Port);
        await begun.Task.Soon();

        client.Close(timeout: 0);

        Assert.IsType<Microsoft.AspNetCore.Connections.ConnectionResetException>(await thrown.Task.Soon());
    }

    [Theory]
    [MemberData(nameof(WebTransports.All), MemberType = typeof(WebTransports))]
    public async Task An_abort_is_thrown_where_the_handler_reads_and_resets_the_client(WebTransport transport)
    {
        var reason = new ConnectionAbortedException("enough");
        var thrown = new TaskCompletionSource<Exception?>();
        await using var run = await StartHandlerAsync(transport, async connection =>
        {
            var first = await connection.Transport.Input.ReadAsync();
            connection.Transport.Input.AdvanceTo(first.Buffer.End);
            var reading = Record.ExceptionAsync(() => ReadToEndAsync(connection));
            connection.Abort(reason);
            thrown.SetResult(await reading);
        });

        Assert.Equal("<RST>", await RawExchange.RunAsync(run.Port, "hello"));
        Assert.Same(reason, await thrown.Task.Soon());
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task The_connection_below_can_be_asked(WebTransport transport)
    {
        await using var run = await WebRun.StartAsync(transport, http => WebClient.AnswerAsync(
            http, $"{http.Features.Get<ISwitchboardConnectionFeature>()!.Connection.GetStatistics().BytesReceived}"));
        using var client = WebClient.Make(run.Address, "1.1");
        Assert.NotEqual("0", await client.GetStringAsync(new Uri("/", UriKind.Relative)).Soon());
    }

    private static Task<WebRun> StartHandlerAsync(WebTransport transport, Func<ConnectionContext, Task> handler) =>
        WebRun.StartAsync(transport, _ => Task.CompletedTask, kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, endpoint => endpoint.Use(_ => connection => handler(connection))));

    private static async Task ReadToEndAsync(ConnectionContext connection)
    {
        while (await connection.Transport.Input.ReadAsync() is { IsCompleted: false } read)
        {
            connection.Transport.Input.AdvanceTo(read.Buffer.End);
        }
    }

    private static async Task<Socket> AskAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(Request));
        return socket;
    }

    private static bool IsRefused(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
