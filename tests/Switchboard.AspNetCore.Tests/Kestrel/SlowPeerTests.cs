using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Switchboard.Tests.Connections;

namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>Kestrel's own limits on time cut off who is slow, on our transport as on its own.</summary>
public sealed class SlowPeerTests
{
    // Kestrel looks once a second, and takes no shorter grace than that.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1.1);

    [Fact]
    public Task Headers_that_do_not_end_are_answered_and_cut_off() => OnEachAsync(async transport =>
    {
        await using var run = await StartAsync(transport, EchoApplication.RunAsync);
        var answer = await RawExchange.RunAsync(run.Port, "GET / HTTP/1.1\r\nHost:");
        Assert.StartsWith("HTTP/1.1 408 Request Timeout\r\n", answer, StringComparison.Ordinal);
        await Waiting.UntilAsync(() => run.Log.KestrelEvents.Contains("ConnectionStop"));
    });

    [Fact]
    public Task A_body_that_hardly_comes_is_cut_off() => OnEachAsync(async transport =>
    {
        await using var run = await StartAsync(transport, EchoApplication.RunAsync);
        var answer = await RawExchange.RunAsync(
            run.Port, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nabc");
        Assert.StartsWith("HTTP/1.1 408 Request Timeout\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("RequestBodyMinimumDataRateNotSatisfied", run.Log.KestrelEvents);
    });

    [Fact]
    public Task An_answer_that_is_hardly_taken_is_cut_off() => OnEachAsync(async transport =>
    {
        var hasAborted = new TaskCompletionSource();
        await using var run = await StartAsync(transport, async http =>
        {
            http.RequestAborted.Register(hasAborted.SetResult);
            await SendForEverAsync(http);
        });
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(IPAddress.Loopback, run.Port);
        await client.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));

        await hasAborted.Task.Soon();
        await Waiting.UntilAsync(() => run.Log.KestrelEvents.Contains("ResponseMinimumDataRateNotSatisfied"));
        await Waiting.UntilAsync(() => run.Log.KestrelEvents.Contains("ConnectionStop"));
    });

    // Side by side, as each of them waits for seconds.
    private static Task OnEachAsync(Func<WebTransport, Task> check) =>
        Task.WhenAll([check(WebTransport.Own), .. WebTransports.Ours.Select(check)]);

    private static async Task SendForEverAsync(HttpContext http)
    {
        var piece = new byte[64 * 1024];
        while (!http.RequestAborted.IsCancellationRequested)
        {
            await http.Response.Body.WriteAsync(piece);
        }
    }

    private static Task<WebRun> StartAsync(WebTransport transport, RequestDelegate application) =>
        WebRun.StartAsync(transport, application, kestrel =>
        {
            kestrel.Limits.RequestHeadersTimeout = Short;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1000, Short);

            // So fast that what the kernel's buffers took at once counts for nothing.
            kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 100_000_000, Short);
            kestrel.Listen(IPAddress.Loopback, 0);
        });
}
