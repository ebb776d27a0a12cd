using Switchboard.Cli.Running;

namespace Switchboard.Cli.Tests.Commands;

public sealed class EngineOptionTests : IDisposable
{
    private const string Unwanted = "the sockets engine is used instead of epoll: a test says so";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("epoll")]
    [InlineData("sockets")]
    public async Task A_server_uses_the_engine_that_was_asked_for_and_says_so(string engine)
    {
        SkipIfNotHere(engine);
        await using var run = CommandRun.Start("serve", "echo", ":0", "--json", "--engine", engine);
        var listening = await run.WaitForEventAsync("listening");

        Assert.Equal(engine, listening.GetProperty("engine").GetString());
        Assert.Equal("hello", await Peer.AskAsync(await run.WaitForEndpointAsync(), "hello"));
    }

    [Theory]
    [InlineData("epoll")]
    [InlineData("sockets")]
    public async Task Two_ends_of_a_conversation_may_use_any_engine(string engine)
    {
        SkipIfNotHere(engine);
        await using var listening = CommandRun.Start("listen", ":0", "--json", "--engine", engine, "--send", "one\n");
        var endpoint = await listening.WaitForEndpointAsync();
        await using var connected = CommandRun.Start("connect", $"{endpoint}", "--engine", engine, "--send", "two\n");

        Assert.Equal((0, 0), (await connected.Exit, await listening.Exit));
        Assert.Equal("one\n", connected.Output.Text);
    }

    [Fact]
    public async Task An_entry_of_a_file_may_name_an_engine_and_the_command_line_decides()
    {
        _folder.Write("switchboard.json", """[ { "serve": "echo", "listen": ":0", "engine": "epoll" } ]""");
        await using var run = CommandRun.StartIn(
            world => world with { Folder = _folder.Path, Engines = new EngineSupply { Epoll = NotHere } },
            "up", "--json", "--engine", "sockets");

        Assert.Equal("sockets", (await run.WaitForEventAsync("listening")).GetProperty("engine").GetString());
    }

    [Theory]
    [InlineData("serve", "echo", ":0")]
    [InlineData("up", "--port-base", "0")]
    [InlineData("connect", ":9")]
    [InlineData("listen", ":0")]
    public async Task An_engine_that_cannot_be_had_is_told_with_what_to_do(params string[] arguments)
    {
        await using var run = CommandRun.StartIn(
            world => world with { Engines = new EngineSupply { Epoll = NotHere } },
            [.. arguments, "--engine", "epoll"]);

        Assert.Equal(2, await run.Exit);
        Assert.StartsWith("error: the epoll engine cannot be had.\n", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("it is made of something else", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("Choose the engine sockets", run.Error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve", "echo", ":0")]
    [InlineData("up", "--port-base", "0")]
    [InlineData("connect", ":9")]
    [InlineData("listen", ":0")]
    public async Task An_environment_that_names_no_engine_is_a_mistake(params string[] arguments)
    {
        await using var run = CommandRun.StartIn(
            world => world with { Engines = new EngineSupply { Default = Mistaken } }, arguments);

        Assert.Equal(2, await run.Exit);
        Assert.StartsWith("error: SWITCHBOARD_ENGINE names no engine.\n", run.Error.Text, StringComparison.Ordinal);
        Assert.Contains("Set it to epoll or sockets", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_of_another_engine_than_the_wanted_one_says_so_once()
    {
        await using var run = StartFallenBack("up", "--port-base", "0");
        await run.Error.WaitForLineAsync("warning: " + Unwanted);
        run.Interrupt();
        await run.Exit;

        Assert.Single(run.Error.Lines, line => line.Contains(Unwanted, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("serve", "echo", ":0", "--json")]
    [InlineData("listen", ":0", "--json")]
    public async Task Programs_are_told_of_it_after_they_know_the_port(params string[] arguments)
    {
        await using var run = StartFallenBack(arguments);
        var fallback = await run.WaitForEventAsync("engine-fallback");

        Assert.Equal(Unwanted, fallback.GetProperty("problem").GetString());
        Assert.Contains("\"event\":\"listening\"", run.Output.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_says_so_too()
    {
        await using var listener = await Peer.TakePortAsync();
        await using var run = StartFallenBack("connect", $"{listener.Local}");

        await run.Error.WaitForLineAsync("warning: " + Unwanted);
    }

    [Fact]
    public async Task Who_asked_for_an_engine_is_not_told_of_another()
    {
        await using var run = StartFallenBack("serve", "echo", ":0", "--engine", "sockets");
        await run.Error.WaitForLineAsync("echo listens at ");
        run.Interrupt();
        await run.Exit;

        Assert.DoesNotContain("warning", run.Error.Text, StringComparison.Ordinal);
    }

    private static CommandRun StartFallenBack(params string[] arguments) => CommandRun.StartIn(
        world => world with
        {
            Engines = new EngineSupply { Default = () => Engine.Sockets, Fallback = () => Unwanted },
        },
        arguments);

    private static Engine NotHere() => throw new PlatformNotSupportedException("it is made of something else.");

    private static Engine Mistaken() => throw new InvalidOperationException("Set it to epoll or sockets.");

    private static void SkipIfNotHere(string engine) =>
        Assert.SkipUnless(engine != "epoll" || OperatingSystem.IsLinux(), "There is no epoll here.");
}
