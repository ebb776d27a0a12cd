using System.IO.Compression;
using System.Net;

namespace Switchboard.Cli.Tests.WebFiles;

public sealed class FileServerTests
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("hello world ", 1000));

    public static TheoryData<string> Engines => OperatingSystem.IsLinux() ? ["epoll", "sockets"] : ["sockets"];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_file_is_sent_as_it_is_and_a_range_of_it(string engine)
    {
        await using var web = await WebRun.StartAsync("--engine", engine);
        web.Write("a b/é.txt", Long);

        using var whole = await web.AskAsync("a%20b/%C3%A9.txt");
        using var range = await web.AskAsync("a%20b/%C3%A9.txt", ("Range", "bytes=6-10"));
        using var none = await web.AskAsync("a%20b/%C3%A9.txt", ("Range", "bytes=99999-"));
        using var several = await web.AskAsync("a%20b/%C3%A9.txt", ("Range", "bytes=0-1,5-6"));

        Assert.Equal(Long, await whole.Content.ReadAsStringAsync());
        Assert.Equal("text/plain; charset=utf-8", $"{whole.Content.Headers.ContentType}");
        Assert.Equal(HttpStatusCode.PartialContent, range.StatusCode);
        Assert.Equal("world", await range.Content.ReadAsStringAsync());
        Assert.Equal("bytes 6-10/12000", $"{range.Content.Headers.ContentRange}");
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, none.StatusCode);
        Assert.Equal(Long, await several.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Who_has_the_file_already_is_told_so()
    {
        await using var web = await WebRun.StartAsync();
        web.Write("file.txt", Long);
        using var first = await web.AskAsync("file.txt");
        var tag = $"{first.Headers.ETag}";
        var date = first.Content.Headers.LastModified!.Value.ToString("r");

        using var sameTag = await web.AskAsync("file.txt", ("If-None-Match", $"\"other\", {tag}"));
        using var otherTag = await web.AskAsync("file.txt", ("If-None-Match", "\"other\""));
        using var sameDate = await web.AskAsync("file.txt", ("If-Modified-Since", date));
        using var sameRange = await web.AskAsync("file.txt", ("Range", "bytes=0-3"), ("If-Range", tag));
        using var otherRange = await web.AskAsync("file.txt", ("Range", "bytes=0-3"), ("If-Range", "\"other\""));

        Assert.Equal(HttpStatusCode.NotModified, sameTag.StatusCode);
        Assert.Equal(HttpStatusCode.OK, otherTag.StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, sameDate.StatusCode);
        Assert.Equal(HttpStatusCode.PartialContent, sameRange.StatusCode);
        Assert.Equal(HttpStatusCode.OK, otherRange.StatusCode);
    }

    [Fact]
    public async Task A_file_that_changed_has_another_tag()
    {
        await using var web = await WebRun.StartAsync();
        var path = web.Write("file.txt", "one");
        using var before = await web.AskAsync("file.txt");
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddMilliseconds(5));

        using var after = await web.AskAsync("file.txt");

        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, br", "br")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("deflate", null)]
    [InlineData("gzip;q=0", null)]
    public async Task Text_is_compressed_for_who_accepts_it_and_has_a_tag_of_its_own(string accepted, string? encoding)
    {
        await using var web = await WebRun.StartAsync();
        web.Write("file.txt", Long);
        using var plain = await web.AskAsync("file.txt");

        using var answer = await web.AskAsync("file.txt", ("Accept-Encoding", accepted));

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("Accept-Encoding", $"{answer.Headers.Vary}");
        Assert.Equal(encoding is null, answer.Headers.ETag!.Equals(plain.Headers.ETag));
        Assert.Equal(Long, await UnpackAsync(answer, encoding));
        using var again = await web.AskAsync(
            "file.txt", ("Accept-Encoding", accepted), ("If-None-Match", $"{answer.Headers.ETag}"));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Neither_ranges_nor_what_is_compressed_already_is_compressed()
    {
        await using var web = await WebRun.StartAsync();
        web.Write("file.txt", Long);
        web.Write("file.zip", Long);

        using var range = await web.AskAsync("file.txt", ("Accept-Encoding", "gzip"), ("Range", "bytes=0-2000"));
        using var zip = await web.AskAsync("file.zip", ("Accept-Encoding", "gzip"));

        Assert.Empty(range.Content.Headers.ContentEncoding);
        Assert.Equal(Long[..2001], await range.Content.ReadAsStringAsync());
        Assert.Empty(zip.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task HEAD_says_what_GET_would_and_sends_nothing()
    {
        await using var web = await WebRun.StartAsync();
        web.Write("file.txt", Long);

        var file = await web.AskRawAsync("/file.txt", "HEAD");
        var folder = await web.AskRawAsync("/", "HEAD");

        Assert.Contains("Content-Length: 12000\r\n", file, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", file, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/html", folder, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", folder, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_a_page_or_its_index()
    {
        await using var web = await WebRun.StartAsync();
        web.Write("sub/file.txt", "x");
        web.Write("site/index.html", "<p>index</p>");

        using var page = await web.AskAsync("sub/");
        using var without = await web.AskAsync("sub");

        Assert.Contains("<a href=\"./file.txt\">", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(HttpStatusCode.MovedPermanently, without.StatusCode);
        Assert.Equal("/sub/", $"{without.Headers.Location}");
        Assert.Equal("<p>index</p>", await web.ReadAsync("site/"));
    }

    [Fact]
    public async Task What_begins_with_a_dot_is_shown_only_when_asked_for()
    {
        await using var quiet = await WebRun.StartAsync();
        await using var open = await WebRun.StartAsync("--hidden");
        foreach (var web in (WebRun[])[quiet, open])
        {
            web.Write(".secret", "x");
            web.Write(".git/config", "x");
        }

        Assert.DoesNotContain(".secret", await quiet.ReadAsync(""), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await quiet.AskAsync(".secret")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await quiet.AskAsync(".git/config")).StatusCode);
        Assert.Contains(".secret", await open.ReadAsync(""), StringComparison.Ordinal);
        Assert.Equal("x", await open.ReadAsync(".git/config"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Nothing_leads_out_of_the_folder(string engine)
    {
        await using var web = await WebRun.StartAsync("--engine", engine);
        using var outside = new TempFolder();
        outside.Write("secret", "TOP SECRET");
        File.CreateSymbolicLink(web.PathOf("link"), Path.Combine(outside.Path, "secret"));
        Directory.CreateSymbolicLink(web.PathOf("folder"), outside.Path);
        var up = $"/../{Path.GetFileName(outside.Path)}/secret";

        string[] targets =
        [
            up, up.Replace("..", "%2e%2e", StringComparison.Ordinal), up.Replace('/', '\\'), "/.." + up,
            up.Replace("/../", "/..%2f", StringComparison.Ordinal),
            up.Replace("/../", "/..%5c", StringComparison.Ordinal),
            "/link", "/folder/", "/folder/secret", "/" + outside.Path + "/secret", "http://localhost" + up,
        ];
        foreach (var target in targets)
        {
            Assert.DoesNotContain("SECRET", await web.AskRawAsync(target), StringComparison.Ordinal);
        }

        var page = await web.ReadAsync("");
        Assert.DoesNotContain("link", page.Split("<tbody>")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_says_what_browsers_must_not_do()
    {
        await using var web = await WebRun.StartAsync();
        web.Write("page.html", "<script>1</script>");

        foreach (var path in (string[])["", "page.html", "missing"])
        {
            using var answer = await web.AskAsync(path);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
            Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        }
    }

    [Fact]
    public async Task A_server_of_this_machine_answers_to_no_other_name()
    {
        await using var web = await WebRun.StartAsync();

        using var rebound = await web.AskAsync("", ("Host", "evil.example"));
        using var local = await web.AskAsync("", ("Host", "files.localhost"));

        Assert.Equal(HttpStatusCode.MisdirectedRequest, rebound.StatusCode);
        Assert.Equal(HttpStatusCode.OK, local.StatusCode);
    }

    [Fact]
    public async Task Requests_are_told_and_counted()
    {
        await using var web = await WebRun.StartAsync();
        using var missing = await web.AskAsync("missing");

        var told = await web.Command.WaitForEventAsync("request");
        web.Command.Interrupt();

        Assert.Equal(404, told.GetProperty("status").GetInt32());
        Assert.Equal("/missing", told.GetProperty("target").GetString());
        Assert.Equal(0, await web.Command.Exit);
        Assert.Equal(1, (await web.Command.WaitForEventAsync("end")).GetProperty("requests").GetInt32());
    }

    [Fact]
    public async Task One_address_has_no_more_than_its_share()
    {
        await using var web = await WebRun.StartAsync("--max-per-address", "1");
        await using var first = await Connection.ConnectAsync($"tcp://127.0.0.1:{web.Url.Port}");
        await first.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        await Peer.HearAsync(first);

        // Wherever the reset is met: it may come before the connect has been looked at, or the request been sent.
        await Assert.ThrowsAnyAsync<ConnectionException>(() => web.AskRawAsync("/"));
    }

    private static async Task<string> UnpackAsync(HttpResponseMessage answer, string? encoding)
    {
        using var reader = new StreamReader(Unpack(await answer.Content.ReadAsStreamAsync(), encoding));
        return await reader.ReadToEndAsync();
    }

    private static Stream Unpack(Stream body, string? encoding) => encoding switch
    {
        "gzip" => new GZipStream(body, CompressionMode.Decompress),
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        _ => body,
    };
}
