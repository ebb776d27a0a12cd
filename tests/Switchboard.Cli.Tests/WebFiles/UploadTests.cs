using System.Net;
using System.Text;
using Switchboard.Tests.Connections;

namespace Switchboard.Cli.Tests.WebFiles;

public sealed class UploadTests
{
    [Fact]
    public async Task A_file_is_put_there_and_replaces_nothing()
    {
        await using var web = await WebRun.StartAsync("--upload");

        var first = await PutAsync(web, "a%20b.txt", "one");
        var second = await PutAsync(web, "a%20b.txt", "two");
        var clash = await PutAsync(web, "A%20B.txt", "three");

        Assert.Equal(HttpStatusCode.Created, first);
        Assert.Equal(HttpStatusCode.Conflict, second);
        Assert.Equal(HttpStatusCode.BadRequest, clash);
        Assert.Equal("one", await web.ReadAsync("a%20b.txt"));
        Assert.Equal([web.PathOf("a b.txt")], Directory.GetFiles(web.Folder));
    }

    [Fact]
    public async Task The_form_of_the_page_puts_several_files_into_its_folder()
    {
        await using var web = await WebRun.StartAsync("--upload");
        Directory.CreateDirectory(web.PathOf("in"));
        using var form = Form(("one.txt", "1"), ("zwei ü.txt", "2"));

        using var answer = await web.PostAsync("in/", form);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/in/", $"{answer.Headers.Location}");
        Assert.Equal("1", Read(web.PathOf("in/one.txt")));
        Assert.Equal("2", Read(web.PathOf("in/zwei ü.txt")));
        Assert.Contains("<form", await web.ReadAsync("in/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../out.txt")]
    [InlineData("sub/in.txt")]
    [InlineData("..")]
    [InlineData("/etc/x")]
    [InlineData("C:x")]
    [InlineData("a\\b")]
    [InlineData("CON")]
    [InlineData("com1.txt")]
    [InlineData("trailing.")]
    [InlineData(".bashrc")]
    [InlineData("bell\a")]
    public async Task A_name_that_leads_elsewhere_or_harms_somebody_is_refused(string name)
    {
        await using var web = await WebRun.StartAsync("--upload");
        Directory.CreateDirectory(web.PathOf("sub"));
        using var form = Form((name, "x"));

        using var answer = await web.PostAsync("", form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(Directory.GetFiles(web.Folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task More_files_than_a_form_may_have_are_refused_and_what_came_before_is_there()
    {
        await using var web = await WebRun.StartAsync("--upload");
        using var form = Form([.. Enumerable.Range(0, 1001).Select(each => ($"{each}.txt", ""))]);

        using var answer = await web.PostAsync("", form);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("at most 1000 files", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1000, Directory.GetFiles(web.Folder).Length);
    }

    [Fact]
    public async Task Neither_a_link_nor_what_is_behind_one_is_written_to()
    {
        await using var web = await WebRun.StartAsync("--upload");
        using var outside = new TempFolder();
        Directory.CreateSymbolicLink(web.PathOf("folder"), outside.Path);
        File.CreateSymbolicLink(web.PathOf("file"), Path.Combine(outside.Path, "new"));

        Assert.Equal(HttpStatusCode.Conflict, await PutAsync(web, "folder/x", "x"));
        Assert.Equal(HttpStatusCode.Conflict, await PutAsync(web, "file", "x"));
        Assert.Empty(Directory.GetFiles(outside.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_is_too_large_leaves_nothing(bool saysItsLength)
    {
        await using var web = await WebRun.StartAsync("--upload", "--max-upload", "1K");
        using var request = new HttpRequestMessage(HttpMethod.Put, "big")
        {
            Content = new ByteArrayContent(new byte[1025]),
        };
        request.Headers.TransferEncodingChunked = !saysItsLength;

        using var answer = await web.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Empty(Directory.GetFiles(web.Folder));
        Assert.Equal(HttpStatusCode.Created, await PutAsync(web, "fits", new string('x', 1024)));
    }

    [Fact]
    public async Task What_is_cut_short_leaves_nothing()
    {
        await using var web = await WebRun.StartAsync("--upload");
        await using (var connection = await Connection.ConnectAsync($"tcp://127.0.0.1:{web.Url.Port}"))
        {
            await connection.SendAsync(
                "PUT /half HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf"u8.ToArray());
            await Waiting.UntilAsync(() => Directory.GetFiles(web.Folder).Length == 1);
            connection.Abort();
        }

        await web.Command.WaitForEventAsync("request");
        Assert.Empty(Directory.GetFiles(web.Folder));
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_page_of_another_site_puts_nothing_here(string header, string value)
    {
        await using var web = await WebRun.StartAsync("--upload");
        using var form = Form(("file.txt", "x"));
        form.Headers.TryAddWithoutValidation(header, value);
        using var request = new HttpRequestMessage(HttpMethod.Post, "") { Content = form };
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await web.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(Directory.GetFiles(web.Folder));
    }

    [Fact]
    public async Task What_strangers_may_have_put_there_runs_nothing()
    {
        await using var open = await WebRun.StartAsync("--upload");
        await using var closed = await WebRun.StartAsync();
        foreach (var web in (WebRun[])[open, closed])
        {
            web.Write("page.html", "<script>1</script>");
            web.Write("drawing.svg", "<svg/>");
            web.Write("text.txt", "x");
        }

        Assert.Equal("sandbox", await PolicyAsync(open, "page.html"));
        Assert.Equal("sandbox", await PolicyAsync(open, "drawing.svg"));
        Assert.Null(await PolicyAsync(open, "text.txt"));
        Assert.Null(await PolicyAsync(closed, "page.html"));
    }

    [Fact]
    public async Task Without_the_option_nothing_is_taken()
    {
        await using var web = await WebRun.StartAsync();

        Assert.Equal(HttpStatusCode.MethodNotAllowed, await PutAsync(web, "x", "x"));
        Assert.DoesNotContain("<form", await web.ReadAsync(""), StringComparison.Ordinal);
    }

    private static string Read(string path) => File.ReadAllText(path);

    private static async Task<string?> PolicyAsync(WebRun web, string path)
    {
        using var answer = await web.AskAsync(path);
        return answer.Headers.TryGetValues("Content-Security-Policy", out var policy) ? policy.Single() : null;
    }

    private static async Task<HttpStatusCode> PutAsync(WebRun web, string path, string text)
    {
        using var content = new StringContent(text);
        using var answer = await web.PutAsync(path, content);
        return answer.StatusCode;
    }

    /// <summary>As browsers send it: the name as it is, in UTF-8.</summary>
    private static ByteArrayContent Form(params (string Name, string Text)[] files)
    {
        var body = string.Concat(files.Select(file =>
            $"--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{file.Name}\"\r\n"
            + $"Content-Type: text/plain\r\n\r\n{file.Text}\r\n")) + "--edge--\r\n";
        var form = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=edge");
        return form;
    }
}
