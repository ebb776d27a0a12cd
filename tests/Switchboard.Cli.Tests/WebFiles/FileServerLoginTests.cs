using System.Net;
using System.Text;
using System.Text.Json;
using Switchboard.Cli.Tests.Interop;

namespace Switchboard.Cli.Tests.WebFiles;

public sealed class FileServerLoginTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TlsFolder _files = new();

    public void Dispose()
    {
        _folder.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task Visitors_have_to_know_the_name_and_the_password()
    {
        await using var web = await WebRun.StartAsync("--login", _folder.Write("login", "alice:s3:cret\n"));
        web.Write("file.txt", "secret");

        using var nobody = await web.AskAsync("file.txt");
        using var wrong = await web.AskAsync("file.txt", Basic("alice:s3"));
        using var right = await web.AskAsync("file.txt", Basic("alice:s3:cret"));
        using var again = await web.AskAsync("file.txt", Basic("alice:s3:cret"));
        using var wrongAfter = await web.AskAsync("file.txt", Basic("bob:s3:cret"));

        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Equal("Basic realm=\"files\", charset=\"UTF-8\"", $"{nobody.Headers.WwwAuthenticate}");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal("secret", await right.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, wrongAfter.StatusCode);
    }

    [Theory]
    [InlineData("0.0.0.0:0", "alice:secret", "in the clear")]
    [InlineData("127.0.0.1:0", "alice", "there is no login")]
    [InlineData("127.0.0.1:0", "", "there is no login")]
    public async Task A_password_that_all_could_read_or_that_is_none_is_refused(string at, string line, string problem)
    {
        var login = _folder.Write("login", line);

        await using var run = await CommandRun.RunAsync("serve", "files", _folder.Path, at, "--login", login);

        Assert.Equal(2, await run.Exit);
        Assert.Contains(problem, run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_come_over_TLS_and_our_own_client_fetches_them()
    {
        _folder.Write("file.txt", "over TLS");
        await using var server = CommandRun.Start(
            "serve", "files", _folder.Path, "tls://localhost:0", "--cert", _files.Certificate, "--key", _files.Key,
            "--json");
        var url = (await server.WaitForEventAsync("listening")).GetProperty("url").GetString()!;

        await using var trusting = await CommandRun.RunAsync("fetch", url + "file.txt", "--ca", _files.Authority);
        await using var stranger = await CommandRun.RunAsync("fetch", url + "file.txt");

        Assert.StartsWith("https://localhost:", url, StringComparison.Ordinal);
        Assert.Equal("over TLS", trusting.Output.Text);
        Assert.Equal(5, await stranger.Exit);
    }

    [Fact]
    public async Task Only_clients_of_the_right_authority_are_let_in()
    {
        await using var server = CommandRun.Start(
            "serve", "files", _folder.Path, "tls://localhost:0", "--cert", _files.Certificate, "--key", _files.Key,
            "--client-ca", _files.Authority, "--json");
        var url = (await server.WaitForEventAsync("listening")).GetProperty("url").GetString()!;

        await using var known = await CommandRun.RunAsync(
            "fetch", url, "--ca", _files.Authority, "--cert", _files.ClientCertificate, "--key", _files.ClientKey);
        await using var stranger = await CommandRun.RunAsync("fetch", url, "--ca", _files.Authority);

        Assert.Equal(0, await known.Exit);
        Assert.NotEqual(0, await stranger.Exit);
    }

    [Fact]
    public async Task A_unix_socket_serves_files_too()
    {
        _folder.Write("file.txt", "local");
        var at = $"unix:{_files.Path}/web.sock";
        await using var server = CommandRun.Start("serve", "files", _folder.Path, at, "--json");
        await server.WaitForEndpointAsync();

        await using var run = await CommandRun.RunAsync("fetch", "http://localhost/file.txt", "--at", at);

        Assert.Equal("local", run.Output.Text);
    }

    [Fact]
    public async Task An_entry_of_the_configuration_serves_files()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "public"));
        _folder.Write("public/file.txt", "configured");
        var config = _folder.Write("up.json", JsonSerializer.Serialize(new[]
        {
            new { serve = "files", listen = "127.0.0.1:0", folder = "public", upload = true, maxUpload = "1K" },
        }));
        await using var up = CommandRun.StartIn(
            world => world with { Folder = _folder.Path }, "up", "--config", config, "--json");
        var url = (await up.WaitForEventAsync("listening")).GetProperty("url").GetString()!;

        await using var run = await CommandRun.RunAsync("fetch", url + "file.txt");

        Assert.Equal("configured", run.Output.Text);
    }

    [Theory]
    [InlineData("""[ { "serve": "echo", "folder": "." } ]""", "\"folder\" is for files.")]
    [InlineData("""[ { "serve": "files", "upload": "yes" } ]""", "true or false")]
    [InlineData("""[ { "serve": "files", "framing": "lines" } ]""", "files knows no frames")]
    public async Task A_configuration_that_cannot_be_meant_is_refused_with_its_place(string json, string problem)
    {
        await using var run = await CommandRun.RunAsync("up", "--config", _folder.Write("up.json", json));

        Assert.Equal(2, await run.Exit);
        Assert.Contains(problem, run.Error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve files", "serve files needs DIR")]
    [InlineData("serve files /nowhere :0", "/nowhere cannot be shown")]
    [InlineData("serve files . udp://localhost:0", "takes datagrams")]
    [InlineData("serve files . :0 --self-signed", "--self-signed does nothing without TLS")]
    [InlineData("serve files . :0 --framing lines", "there is no option --framing")]
    [InlineData("serve files . :0 more", "'more' is one argument too many")]
    public async Task What_cannot_be_meant_is_refused_before_anything_is_done(string line, string problem)
    {
        await using var run = await CommandRun.RunAsync(line.Split(' '));

        Assert.Equal(2, await run.Exit);
        Assert.Contains(problem, run.Error.Text, StringComparison.Ordinal);
    }

    private static (string Name, string Value) Basic(string login) =>
        ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));
}
