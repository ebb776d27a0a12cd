using Switchboard.Engines;

namespace Switchboard.Tests.Engines;

public class EngineChoiceTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("epoll")]
    public void On_linux_it_is_epoll_unless_the_environment_says_otherwise(string? wanted)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no epoll here.");

        var choice = EngineChoice.Choose(wanted);

        Assert.Same(Engine.Epoll, choice.Engine);
        Assert.Equal("epoll", choice.Engine.Name);
        Assert.Null(choice.Fallback);
    }

    [Fact]
    public void The_environment_can_ask_for_sockets()
    {
        var choice = EngineChoice.Choose("sockets");

        Assert.Same(Engine.Sockets, choice.Engine);
        Assert.Equal("sockets", choice.Engine.Name);
        Assert.Null(choice.Fallback);
    }

    [Theory]
    [InlineData("uring")]
    [InlineData("Epoll")]
    [InlineData(" epoll")]
    public void An_engine_that_does_not_exist_is_refused_and_those_that_do_are_named(string wanted)
    {
        var error = Assert.Throws<InvalidOperationException>(() => EngineChoice.Choose(wanted));

        Assert.Contains($"'{wanted}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("SWITCHBOARD_ENGINE", error.Message, StringComparison.Ordinal);
        Assert.Contains("epoll or sockets", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_engines_that_everybody_shares_cannot_be_stopped()
    {
        Engine.Sockets.Stop();
        Engine.Default.Stop();

        await using var listener = await Listener.BindAsync("tcp://127.0.0.1:0");
        (await Connection.ConnectAsync(listener.Local)).Abort();
    }
}
