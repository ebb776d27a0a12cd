using System.Text.Json;

namespace Switchboard.Board.Tests.Pages;

/// <summary>Where the keyboard is, whatever the page shows next: each look comes when the test wants it.</summary>
public sealed class FocusTests : IAsyncLifetime
{
    private BoardRun? _board;
    private PageAlone? _alone;

    public async ValueTask InitializeAsync()
    {
        _board = await BoardRun.StartAsync();
        _alone = await PageAlone.StartAsync(_board.Url);
    }

    public async ValueTask DisposeAsync()
    {
        if (_alone is not null)
        {
            await _alone.DisposeAsync();
        }

        if (_board is not null)
        {
            await _board.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_row_that_is_gone_leaves_the_focus_to_the_one_in_its_place()
    {
        await LookAsync(0, 4, 11, 12, 13, 14);
        await FocusAsync(12);

        await LookAsync(0, 3, 11, 13, 14);
        Assert.Equal((13, 1), await FocusedAsync());
        await LookAsync(0, 1, 11);
        Assert.Equal((11, 0), await FocusedAsync());
    }

    [Fact]
    public async Task When_all_rows_are_gone_the_table_keeps_the_keyboard_for_the_next_ones()
    {
        await LookAsync(0, 2, 11, 12);
        await FocusAsync(12);

        await LookAsync(0, 0);
        await PressAsync("ArrowDown", "Enter", "End");
        Assert.Equal("scroll", await _alone!.Page.EvaluateAsync<string>("document.activeElement.id"));
        await LookAsync(0, 2, 21, 22);

        Assert.Equal((21, 0), await FocusedAsync());
        Assert.Empty(await ChosenAsync());
    }

    [Fact]
    public async Task The_focus_follows_its_row_when_the_order_changes()
    {
        await LookAsync(0, 4, 11, 12, 13, 14);
        await FocusAsync(12);

        await LookAsync(0, 5, 15, 14, 13, 12, 11);
        Assert.Equal((12, 3), await FocusedAsync());
        await PressAsync("ArrowDown");
        Assert.Equal((11, 4), await FocusedAsync());
    }

    [Fact]
    public async Task A_row_that_the_order_takes_out_of_sight_leaves_the_focus_to_the_one_in_its_place()
    {
        await LookAsync(0, 100, Rows(1, 40));
        await FocusAsync(3);

        await LookAsync(0, 100, Rows(50, 40));
        Assert.Equal((52, 2), await FocusedAsync());
    }

    [Fact]
    public async Task Keys_that_come_before_the_rows_count_from_where_the_keys_before_have_led()
    {
        await LookAsync(0, 200, Rows(1, 40));
        await FocusAsync(1);

        await PressAsync("End", "ArrowUp", "ArrowUp");
        await LookAsync(0, 200, Rows(1, 40));
        Assert.Equal(1, (await FocusedAsync()).Number);
        await LookAsync(160, 200, Rows(161, 40));
        Assert.Equal((198, 197), await FocusedAsync());
    }

    [Fact]
    public async Task Enter_before_the_row_is_there_chooses_it_once_it_is()
    {
        await LookAsync(0, 200, Rows(1, 40));
        await FocusAsync(1);

        await PressAsync("End", "Enter");
        Assert.Empty(await ChosenAsync());
        await LookAsync(160, 200, Rows(161, 40));
        Assert.Equal(200, Assert.Single(await ChosenAsync()));
        await LookAsync(160, 200, Rows(161, 40));
        Assert.Equal(200, Assert.Single(await ChosenAsync()));
    }

    [Fact]
    public async Task A_place_behind_the_last_row_of_a_list_that_has_shrunk_is_the_last_row()
    {
        await LookAsync(0, 200, Rows(1, 40));
        await FocusAsync(1);

        await PressAsync("End");
        await LookAsync(0, 10, Rows(1, 10));
        Assert.Equal((10, 9), await FocusedAsync());
    }

    [Fact]
    public async Task A_row_that_is_scrolled_away_keeps_the_focus_unseen_and_the_next_key_goes_on_from_it()
    {
        await LookAsync(0, 200, Rows(1, 40));
        await FocusAsync(5);

        await ScrollAsync(100);
        await LookAsync(90, 200, Rows(91, 40));
        Assert.Equal(5, (await FocusedAsync()).Number);
        Assert.Equal("0", await _alone!.Page.EvaluateAsync<string>(
            "getComputedStyle(document.activeElement).opacity"));
        await PressAsync("ArrowDown");
        await LookAsync(0, 200, Rows(1, 40));
        Assert.Equal((6, 5), await FocusedAsync());
        Assert.Equal(0, await _alone.Page.Locator(".row.away").CountAsync());
    }

    [Fact]
    public async Task Rows_of_another_server_with_the_same_numbers_are_not_taken_for_the_old_ones()
    {
        await LookAsync(0, 3, 11, 12, 13);
        await FocusAsync(12);

        await _alone!.Page.EvaluateAsync("window.table.clear()");
        await LookAsync(0, 3, 12, 13, 11);
        Assert.Equal((13, 1), await FocusedAsync());
    }

    [Fact]
    public async Task Exactly_one_row_can_be_reached_by_Tab_and_it_is_in_sight()
    {
        await LookAsync(0, 200, Rows(1, 40));
        await ScrollAsync(100);
        await LookAsync(90, 200, Rows(91, 40));

        Assert.Equal(91, Assert.Single(await _alone!.Page.EvaluateAsync<int[]>(
            "[...document.querySelectorAll('.row[tabindex=\"0\"]')].map((each) => Number(each.dataset.n))")));
    }

    [Fact]
    public async Task A_listener_that_is_told_of_again_keeps_the_focus_and_one_that_is_gone_leaves_it_to_the_next()
    {
        await ListenersAsync(1, 2, 3);
        await _alone!.Page.Locator(".listener", new() { HasText = "here:2" }).FocusAsync();

        await ListenersAsync(1, 2, 3);
        await ListenersAsync(4, 1, 2, 3);
        Assert.Equal("here:2", await FocusedTextAsync(".name > span"));
        await ListenersAsync(4, 1, 3);
        Assert.Equal("here:3", await FocusedTextAsync(".name > span"));
        await ListenersAsync();
        Assert.Equal("connections", await _alone.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    [Fact]
    public async Task What_is_pressed_on_a_listener_stays_there_whatever_changes_meanwhile()
    {
        await ListenersAsync(1);
        var name = await _alone!.Page.Locator(".listener .name > span").ElementHandleAsync();

        await _alone.Page.EvaluateAsync(
            """
            window.listeners.take({
              listenerOrder: [1],
              listeners: [{ n: 1, local: "tcp://here:1", name: "mirror", open: 7, waiting: 3, backlog: 4 }],
            })
            """);

        // A press on what is replaced before the button comes up would be none.
        Assert.True(await name.EvaluateAsync<bool>("each => each.isConnected"));
        Assert.Equal("mirrorhere:17 open3 / 4 waiting to be accepted",
            await _alone.Page.Locator(".listener").TextContentAsync());
    }

    [Fact]
    public async Task A_warning_that_is_over_leaves_the_focus_to_the_next_one()
    {
        await WarningsAsync("one", "two");
        await _alone!.Page.Locator("#warning-list button").Last.FocusAsync();

        await WarningsAsync("two");
        Assert.Equal("two.", await FocusedTextAsync(".sentence"));
        await WarningsAsync();
        Assert.Equal("connections", await _alone.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    private static int[] Rows(int first, int count) => [.. Enumerable.Range(first, count)];

    /// <summary>The table is told of these rows, of which the first has this place among all that match.</summary>
    private async Task LookAsync(int first, int matching, params int[] order) => await _alone!.Page.EvaluateAsync(
        "(look) => window.table.take(JSON.parse(look))",
        JsonSerializer.Serialize(new
        {
            first,
            matching,
            order,
            rows = order.Select(n => new
            {
                n,
                kind = "tcp",
                local = $"tcp://here:{n}",
                remote = $"tcp://there:{n}",
                state = "ESTABLISHED",
                opened = 0,
            }),
        }));

    private async Task ListenersAsync(params int[] order) => await _alone!.Page.EvaluateAsync(
        """
        (order) => window.listeners.take({
          listenerOrder: order,
          listeners: order.map((n) => ({ n, local: `tcp://here:${n}`, process: "nginx" })),
        })
        """,
        order);

    private async Task WarningsAsync(params string[] texts) => await _alone!.Page.EvaluateAsync(
        "(texts) => window.warnings.take({ warnings: texts.map((text, n) => ({ n, text, about: 'here' })) })",
        texts);

    private Task<string> FocusedTextAsync(string part) => _alone!.Page.EvaluateAsync<string>(
        "(part) => document.activeElement.querySelector(part).textContent", part);

    private Task FocusAsync(int number) => _alone!.Page.Locator($".row[data-n='{number}']").FocusAsync();

    private async Task ScrollAsync(int row) => await _alone!.Page.Locator("#scroll").EvaluateAsync(
        "(each, row) => each.scrollTop = row * 38", row);

    private async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            await _alone!.Page.Keyboard.PressAsync(key);
        }
    }

    /// <summary>The row that has the focus, and its place; zeros if none has.</summary>
    private async Task<(int Number, int At)> FocusedAsync()
    {
        var numbers = await _alone!.Page.EvaluateAsync<int[]>(
            """
            [document.activeElement.dataset.n ?? 0, (document.activeElement.getAttribute("aria-rowindex") ?? 2) - 2]
              .map(Number)
            """);
        return (numbers[0], numbers[1]);
    }

    private Task<int[]> ChosenAsync() => _alone!.Page.EvaluateAsync<int[]>("window.chosen");
}
