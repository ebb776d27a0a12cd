namespace Switchboard.Board.Tests.Pages;

/// <summary>The question that is asked before a connection is reset.</summary>
public sealed class DialogTests
{
    private const string Row =
        """{ n: 7, kind: "tcp", local: "tcp://here:1", remote: "tcp://there:2", state: "ESTABLISHED", opened: 0 }""";

    [Fact]
    public async Task An_answer_counts_even_if_the_question_is_asked_again_at_once()
    {
        await using var board = await BoardRun.StartAsync();
        await using var alone = await PageAlone.StartAsync(board.Url);

        // In one go: the browser tells only later that the dialog was closed in between.
        await alone.Page.EvaluateAsync(
            $$"""
            window.detail.show(7, {{Row}});
            for (const what of ["#kick", "#sure [value=yes]", "#kick"]) document.querySelector(what).click();
            """);

        Assert.Equal([7], await KickedAsync(alone));
        Assert.True(await alone.Page.EvaluateAsync<bool>("document.querySelector('#sure').open"));
        await alone.Page.Locator("#sure [value=no]").ClickAsync();
        await alone.Page.Locator("#kick").ClickAsync();
        await alone.Page.Keyboard.PressAsync("Escape");
        Assert.Equal([7], await KickedAsync(alone));
    }

    private static async Task<List<int>> KickedAsync(PageAlone alone) => [.. await alone.Page.EvaluateAsync<int[]>(
        "window.said.filter((wish) => wish.ask === 'kick').map((wish) => wish.n)")];
}
