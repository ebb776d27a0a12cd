using System.Diagnostics;
using Switchboard.Tests.Connections;

namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>A client that nobody here wrote.</summary>
public sealed class CurlTests
{
    public static TheoryData<WebTransport> Ours => [.. WebTransports.Ours];

    public CurlTests() => Assert.SkipUnless(IsInstalled, "curl is not installed.");

    private static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "curl")));

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task Curl_gets_its_answer_over_HTTP_1(WebTransport transport)
    {
        await using var run = await WebRun.StartAsync(transport, EchoApplication.RunAsync);
        Assert.Equal("1.1 200 Hello, World!", await CurlAsync("--http1.1", run.Address));
        Assert.Equal("1.1 200 x=1", await CurlAsync("--data", "x=1", run.Address + "/echo"));
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task Curl_gets_its_answer_over_HTTP_2(WebTransport transport)
    {
        await using var run = await WebRun.StartAsync(
            transport, EchoApplication.RunAsync, kestrel => kestrel.ListenWith("2.0", tls: false));
        Assert.Equal("2 200 Hello, World!", await CurlAsync("--http2-prior-knowledge", run.Address));
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task Curl_agrees_on_HTTP_2_over_TLS(WebTransport transport)
    {
        await using var run = await WebRun.StartAsync(
            transport, EchoApplication.RunAsync, kestrel => kestrel.ListenWith("2.0", tls: true));
        Assert.Equal("2 200 Hello, World!", await CurlAsync("--http2", "--insecure", run.Address));
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task Curl_gets_its_answer_over_a_unix_socket(WebTransport transport)
    {
        using var folder = new TestFolder();
        var path = folder.File("web.sock");
        await using var run = await WebRun.StartAsync(
            transport, EchoApplication.RunAsync, kestrel => kestrel.ListenUnixSocket(path));
        Assert.Equal("1.1 200 Hello, World!", await CurlAsync("--unix-socket", path, "http://localhost/"));
    }

    private static async Task<string> CurlAsync(params string[] arguments)
    {
        using var curl = Process.Start(new ProcessStartInfo(
            "curl",
            [
                "--silent", "--show-error", "--max-time", "150", "--write-out", "\n%{http_version} %{http_code}",
                .. arguments,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = curl.StandardError.ReadToEndAsync();
        var output = await curl.StandardOutput.ReadToEndAsync().Soon();
        await curl.WaitForExitAsync().Soon();
        Assert.Equal("", await errors);
        var end = output.LastIndexOf('\n');
        return $"{output[(end + 1)..]} {output[..end]}";
    }
}
