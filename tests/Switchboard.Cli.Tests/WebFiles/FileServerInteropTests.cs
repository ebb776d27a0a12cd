using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.WebFiles;

/// <summary>Other people's clients, on each engine.</summary>
public sealed class FileServerInteropTests
{
    private const int Bytes = 3_000_000;

    public static TheoryData<string> Engines => FileServerTests.Engines;

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Curl_fetches_goes_on_and_uploads(string engine)
    {
        Programs.Require("curl");
        await using var web = await StartAsync(engine);
        using var target = new TempFolder();
        var copy = Path.Combine(target.Path, "copy");
        await File.WriteAllBytesAsync(copy, await PartAsync(web));

        await RunAsync("curl", "-sSf", "-C", "-", "-o", copy, web.Url + "big.bin");
        await RunAsync("curl", "-sSf", "--compressed", "-o", copy + ".txt", web.Url + "text.txt");
        await RunAsync("curl", "-sSf", "-T", copy + ".txt", web.Url + "up.txt");
        await RunAsync("curl", "-sSf", "-F", $"files=@{copy}.txt;filename=form.txt", web.Url.ToString());

        Assert.Equal(Read(web.PathOf("big.bin")), Read(copy));
        Assert.Equal(Read(web.PathOf("text.txt")), Read(copy + ".txt"));
        Assert.Equal(Read(web.PathOf("text.txt")), Read(web.PathOf("up.txt")));
        Assert.Equal(Read(web.PathOf("text.txt")), Read(web.PathOf("form.txt")));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Wget_goes_on_and_mirrors(string engine)
    {
        Programs.Require("wget");
        await using var web = await StartAsync(engine);
        using var target = new TempFolder();
        await File.WriteAllBytesAsync(Path.Combine(target.Path, "big.bin"), await PartAsync(web));

        await RunAsync("wget", "-q", "-c", "-P", target.Path, web.Url + "big.bin");
        await RunAsync("wget", "-q", "-r", "-np", "-nH", "-P", Path.Combine(target.Path, "all"), web.Url.ToString());

        Assert.Equal(Read(web.PathOf("big.bin")), Read(Path.Combine(target.Path, "big.bin")));
        Assert.Equal(Read(web.PathOf("sub/deep.txt")), Read(Path.Combine(target.Path, "all/sub/deep.txt")));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Python_fetches_and_asks_whether_it_has_changed(string engine)
    {
        Programs.Require("python3");
        await using var web = await StartAsync(engine);
        const string Script = """
            import sys, urllib.request, urllib.error
            with urllib.request.urlopen(sys.argv[1]) as answer:
                tag, body = answer.headers["ETag"], answer.read()
            assert len(body) == int(sys.argv[2]), len(body)
            try:
                urllib.request.urlopen(urllib.request.Request(sys.argv[1], headers={"If-None-Match": tag}))
            except urllib.error.HTTPError as error:
                assert error.code == 304, error.code
            else:
                raise AssertionError("sent again")
            """;

        await RunAsync("python3", "-c", Script, web.Url + "big.bin", $"{Bytes}");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task H2load_gets_every_answer_over_HTTP_2_and_TLS(string engine)
    {
        Programs.Require("h2load");
        using var folder = new TempFolder();
        folder.Write("text.txt", new string('x', 50_000));
        await using var command = CommandRun.Start(
            "serve", "files", folder.Path, "tls://127.0.0.1:0", "--self-signed", "--json", "--engine", engine);
        var url = (await command.WaitForEventAsync("listening")).GetProperty("url").GetString();

        var said = await RunAsync("h2load", "-n", "2000", "-c", "20", "-m", "20", $"{url}text.txt");

        Assert.Contains("Application protocol: h2", said, StringComparison.Ordinal);
        Assert.Contains("2000 succeeded, 0 failed, 0 errored, 0 timeout", said, StringComparison.Ordinal);
        Assert.Contains("2000 2xx", said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Wrk_meets_no_error(string engine)
    {
        Programs.Require("wrk");
        await using var web = await StartAsync(engine);

        // It counts an answer as an error that takes longer than it waits: for 2 s, unless it is told.
        var said = await RunAsync("wrk", "-t", "1", "-c", "50", "-d", "3s", "--timeout", "60s", web.Url + "text.txt");

        Assert.Matches("[1-9][0-9]* requests in", said);
        Assert.DoesNotContain("Socket errors", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Non-2xx", said, StringComparison.Ordinal);
    }

    private static async Task<WebRun> StartAsync(string engine)
    {
        var web = await WebRun.StartAsync("--upload", "--engine", engine);
        var bytes = new byte[Bytes];
        new Random(7).NextBytes(bytes);
        await File.WriteAllBytesAsync(web.PathOf("big.bin"), bytes);
        web.Write("text.txt", new string('x', 50_000));
        web.Write("sub/deep.txt", "deep");
        return web;
    }

    private static byte[] Read(string path) => File.ReadAllBytes(path);

    private static async Task<byte[]> PartAsync(WebRun web) =>
        (await File.ReadAllBytesAsync(web.PathOf("big.bin")))[..1_000_000];

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        await using var run = RunningProgram.Start(program, arguments);
        run.EndInput();
        Assert.True(await run.ExitAsync() == 0, run.Output.Text + run.Error.Text);
        return run.Output.Text;
    }
}
