using Switchboard.Tests.Connections;

namespace Switchboard.Cli.Tests.Fetching;

public sealed class DownloadTests : IDisposable
{
    private const string Whole = "0123456789";
    private const string Tag = "ETag: \"v1\"\r\n";

    private readonly TempFolder _folder = new();

    private string Target => Path.Combine(_folder.Path, "file");

    private string Part => Target + ".part";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_has_its_name_when_it_is_complete_and_nothing_is_left_beside_it()
    {
        _folder.Write("file", "old");
        await using var server = await RawWebServer.StartAsync(RawWebServer.Ok(Whole, Tag));

        await using var run = await FetchAsync(server);

        Assert.Equal(0, await run.Exit);
        Assert.Equal(Whole, Read(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
        Assert.Equal("", run.Output.Text + run.Error.Text);
    }

    [Fact]
    public async Task What_was_cut_short_goes_on_where_it_was()
    {
        await using var server = await CutThenAsync(_ => Rest(from: 4));
        await using var first = await FetchAsync(server);
        Assert.Equal(1, await first.Exit);
        Assert.False(File.Exists(Target));
        Assert.Equal("0123", Read(Part));

        await using var second = await FetchAsync(server, "--continue", "--json");

        Assert.Equal(0, await second.Exit);
        Assert.Equal(Whole, Read(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
        Assert.Contains("Range: bytes=4-\r\n", server.Requests[1], StringComparison.Ordinal);
        Assert.Contains("If-Range: \"v1\"\r\n", server.Requests[1], StringComparison.Ordinal);
        Assert.Equal(4, (await second.WaitForEventAsync("saved")).GetProperty("resumed").GetInt32());
    }

    [Theory]
    [InlineData("ETag: \"v2\"\r\n", "the file has changed since")]
    [InlineData(Tag, "the server does not send parts of files")]
    public async Task A_file_that_changed_or_comes_whole_starts_over(string tag, string reason)
    {
        await using var server = await CutThenAsync(_ => RawWebServer.Ok("ABCDEF", tag));
        await using var first = await FetchAsync(server);

        await using var second = await FetchAsync(server, "--continue");

        Assert.Equal(0, await second.Exit);
        Assert.Equal("ABCDEF", Read(Target));
        Assert.Contains($"Starting over: {reason}", second.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_was_all_of_it_only_gets_its_name()
    {
        await using var server = await CutThenAsync(_ =>
            "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */4\r\nContent-Length: 0\r\n\r\n");
        await using var first = await FetchAsync(server);

        await using var run = await FetchAsync(server, "--continue");

        Assert.Equal(0, await run.Exit);
        Assert.Equal("0123", Read(Target));
    }

    [Fact]
    public async Task A_file_that_became_shorter_is_fetched_again()
    {
        await using var server = await CutThenAsync(request => request.Contains("Range:", StringComparison.Ordinal)
            ? "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */2\r\nContent-Length: 0\r\n\r\n"
            : RawWebServer.Ok("ab"));
        await using var first = await FetchAsync(server);

        await using var run = await FetchAsync(server, "--continue");

        Assert.Equal(0, await run.Exit);
        Assert.Equal("ab", Read(Target));
    }

    [Theory]
    [InlineData("Content-Range: bytes 5-9/10\r\nContent-Length: 5\r\n\r\n56789")]
    [InlineData("Content-Range: bytes 4-8/10\r\nContent-Length: 5\r\n\r\n45678")]
    [InlineData("ETag: \"v2\"\r\nContent-Range: bytes 4-9/10\r\nContent-Length: 6\r\n\r\n456789")]
    [InlineData("Content-Length: 6\r\n\r\n456789")]
    public async Task Another_part_than_the_one_asked_for_is_refused_and_what_is_here_kept(string answer)
    {
        await using var server = await CutThenAsync(_ => $"HTTP/1.1 206 Partial Content\r\n{answer}");
        await using var first = await FetchAsync(server);

        await using var run = await FetchAsync(server, "--continue");

        Assert.Equal(1, await run.Exit);
        Assert.Contains("another part than the one asked for", run.Error.Text, StringComparison.Ordinal);
        Assert.Equal("0123", Read(Part));
        Assert.False(File.Exists(Target));
    }

    [Theory]
    [InlineData("0123456789", 0)]
    [InlineData("something else", 1)]
    public async Task A_complete_file_is_left_alone_and_a_different_one_refused(string present, int exit)
    {
        _folder.Write("file", present);
        await using var server = await RawWebServer.StartAsync(RawWebServer.Ok(Whole, Tag));

        await using var run = await FetchAsync(server, "--continue");

        Assert.Equal(exit, await run.Exit);
        Assert.Equal(present, Read(Target));
    }

    [Fact]
    public async Task A_part_of_another_URL_is_not_continued()
    {
        await using var cutting = await CutThenAsync(_ => "");
        await using var first = await FetchAsync(cutting);
        await using var server = await RawWebServer.StartAsync(RawWebServer.Ok(Whole, Tag));

        await using var run = await FetchAsync(server, "--continue");

        Assert.Equal(Whole, Read(Target));
        Assert.DoesNotContain("Range", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_could_not_be_known_again_leaves_nothing_when_it_is_cut_short()
    {
        await using var server = await RawWebServer.StartAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123");

        await using var run = await FetchAsync(server);

        Assert.Equal(1, await run.Exit);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task An_error_page_takes_no_files_place()
    {
        _folder.Write("file", "good");
        await using var server = await RawWebServer.StartAsync("HTTP/1.1 500 Oops\r\nContent-Length: 3\r\n\r\nbad");

        await using var run = await FetchAsync(server);

        Assert.Equal(8, await run.Exit);
        Assert.Equal("good", Read(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_part_is_for_this_user_only_and_the_file_like_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other permissions.");
        await using var server = await CutThenAsync(_ => Rest(from: 4));
        await using var first = await FetchAsync(server);
        var modeOfPart = ModeOf(Part);

        await using var second = await FetchAsync(server, "--continue");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, modeOfPart);
        Assert.Equal(ModeOf(_folder.Write("usual", "")), ModeOf(Target));
    }

    [Fact]
    public async Task A_link_in_the_place_of_a_part_is_not_followed()
    {
        var precious = _folder.Write("precious", "keep");
        File.CreateSymbolicLink(Part, precious);
        await using var server = await RawWebServer.StartAsync(RawWebServer.Ok(Whole, Tag));

        await using var run = await FetchAsync(server, "--continue");

        Assert.Equal("keep", Read(precious));
        Assert.Equal(Whole, Read(Target));
    }

    [Fact]
    public async Task Two_at_once_do_not_write_one_file()
    {
        await using var server = await RawWebServer.StartAsync(
            $"HTTP/1.1 200 OK\r\n{Tag}Content-Length: 10\r\n\r\n0123{RawWebServer.Silence}");
        await using var first = CommandRun.Start("fetch", server.Url, "-o", Target);
        await Waiting.UntilAsync(() => File.Exists(Part + ".from"));

        await using var second = await FetchAsync(server);

        Assert.Equal(2, await second.Exit);
        Assert.Contains("cannot be written", second.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_file_is_written_to_and_not_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no /dev/null.");
        await using var server = await RawWebServer.StartAsync(RawWebServer.Ok(Whole, Tag));

        await using var run = await CommandRun.RunAsync("fetch", server.Url, "-o", "/dev/null");

        Assert.Equal(0, await run.Exit);
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }

    private static string Read(string path) => File.ReadAllText(path);

    private static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    private static string Rest(int from) =>
        $"HTTP/1.1 206 Partial Content\r\n{Tag}Content-Range: bytes {from}-9/10\r\n"
        + $"Content-Length: {10 - from}\r\n\r\n{Whole[from..]}";

    /// <summary>A server that breaks off in the middle of its first answer.</summary>
    private static Task<RawWebServer> CutThenAsync(Func<string, string> answer)
    {
        var count = 0;
        return RawWebServer.StartAsync(request => Interlocked.Increment(ref count) == 1
            ? $"HTTP/1.1 200 OK\r\n{Tag}Content-Length: 10\r\n\r\n0123"
            : answer(request));
    }

    private Task<CommandRun> FetchAsync(RawWebServer server, params string[] more) =>
        CommandRun.RunAsync(["fetch", server.Url, "-o", Target, .. more]);
}
