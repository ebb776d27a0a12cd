namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>The same application gives the same bytes on Kestrel's own sockets and on ours.</summary>
public sealed class RawRequestTests
{
    private const string Close = "Host: x\r\nConnection: close\r\n\r\n";

    private static readonly Dictionary<string, string[]> Requests = new()
    {
        ["a plain request"] = ["GET / HTTP/1.1\r\n" + Close],
        ["HTTP/1.0"] = ["GET / HTTP/1.0\r\n\r\n"],
        ["HTTP/1.0 kept alive"] =
            ["GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"],
        ["HTTP/1.0 without a length"] = ["GET /headers HTTP/1.0\r\nA: b\r\n\r\n"],
        ["a head"] = ["HEAD / HTTP/1.1\r\n" + Close],
        ["one after the other"] = ["GET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET /headers HTTP/1.1\r\n" + Close],
        ["three at once"] =
            ["GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /nothing HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\n" + Close],
        ["a body behind another request's"] =
        [
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
                + "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\nde",
        ],
        ["a body of chunks"] =
            ["POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + Close + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"],
        ["trailers"] =
            ["POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + Close + "3\r\nabc\r\n0\r\nA: b\r\n\r\n"],
        ["a body that waits to be asked for"] =
            ["POST /echo HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-continue\r\n" + Close, "12345"],
        ["a large body"] =
            ["POST /echo HTTP/1.1\r\nContent-Length: 300000\r\n" + Close + new string('b', 300_000)],
        ["a large answer"] = ["GET /large HTTP/1.1\r\n" + Close],
        ["a large answer to HTTP/1.0"] = ["GET /large HTTP/1.0\r\n\r\n"],
        ["large headers"] = ["GET /headers HTTP/1.1\r\nA: " + new string('a', 20_000) + "\r\n" + Close],
        ["headers past the limit"] = ["GET /headers HTTP/1.1\r\nA: " + new string('a', 32_768) + "\r\n"],
        ["no such page"] = ["GET /none HTTP/1.1\r\n" + Close],
        ["a handler that fails"] = ["GET /wrong HTTP/1.1\r\n" + Close],
        ["no host"] = ["GET / HTTP/1.1\r\n\r\n"],
        ["no request at all"] = ["\x16\x03\x01\r\n\r\n"],
        ["no version"] = ["GET /\r\n\r\n"],
        ["an unknown version"] = ["GET / HTTP/3.7\r\n" + Close],
        ["a header without a colon"] = ["GET / HTTP/1.1\r\nHost x\r\n\r\n"],
        ["a header that is folded"] = ["GET / HTTP/1.1\r\nHost: x\r\n y\r\n\r\n"],
        ["two lengths"] = ["POST /echo HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n" + Close],
        ["a length that is none"] = ["POST /echo HTTP/1.1\r\nContent-Length: -1\r\n" + Close],
        ["a chunk that is none"] = ["POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + Close + "q\r\n"],
        ["an end between two requests"] = ["GET / HTTP/1.1\r\nHost: x\r\n\r\n", "", "<FIN>"],
        ["an end without a request"] = ["", "<FIN>"],
    };

    public static TheoryData<string, WebTransport> Cases =>
        [.. from name in Requests.Keys from transport in WebTransports.Ours select (name, transport)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_answer_is_that_of_Kestrels_own_transport(string name, WebTransport transport)
    {
        var expected = await AskAsync(WebTransport.Own, Requests[name]);
        var actual = await AskAsync(transport, Requests[name]);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("GET /abort HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /late HTTP/1.1\r\nHost: x\r\n\r\n")]
    public async Task An_answer_that_is_cut_off_ends_as_on_Kestrels_own_transport(string request)
    {
        var expected = await AskAsync(WebTransport.Own, request);
        foreach (var transport in WebTransports.Ours)
        {
            Assert.Equal(expected, await AskAsync(transport, request));
        }
    }

    // Kestrel's own transport answers with 400 or not at all, whichever of two threads is first.
    [Theory]
    [MemberData(nameof(WebTransports.All), MemberType = typeof(WebTransports))]
    public async Task An_end_within_a_request_is_the_end(WebTransport transport)
    {
        var answer = await AskAsync(transport, "GET / HT", "<FIN>");
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal), answer);
    }

    // If the end is here before Kestrel has begun to read, it is a race on a loop, too.
    [Fact]
    public async Task Who_finishes_sending_behind_the_request_gets_the_whole_answer_or_none_on_a_loop()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no epoll engine here.");
        var answer = await AskAsync(WebTransport.Epoll, "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "<FIN>");
        Assert.True(answer.Length == 0 || answer.EndsWith("Hello, World!", StringComparison.Ordinal), answer);
    }

    private static async Task<string> AskAsync(WebTransport transport, params string[] parts)
    {
        await using var run = await WebRun.StartAsync(transport, EchoApplication.RunAsync);
        return await RawExchange.RunAsync(run.Port, parts);
    }
}
