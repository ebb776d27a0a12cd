using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Tests.Lab;

/// <summary>What learners see and do at the lab, with a browser.</summary>
/// <param name="lab">A browser that all these tests share: starting one takes longer than most lessons.</param>
public sealed class LabPageTests(LabBrowser lab) : IClassFixture<LabBrowser>
{
    private const int PhoneWidth = 360;

    public static TheoryData<string> Lessons => [.. LessonFiles.All.Select(lesson => lesson.Name)];

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task A_lesson_is_played_to_its_end_by_keyboard_alone(string name)
    {
        await using var visit = await lab.OpenAsync(name);
        var lesson = LessonFiles.Find(name)!;
        for (var made = lesson.Prepared; made < lesson.Steps.Count; made++)
        {
            await visit.PlayNextAsync(lesson, made + 1);
        }

        await visit.Page.GetByText("To remember:").WaitForAsync();
        await Assertions.Expect(visit.Page.Locator(".over")).ToContainTextAsync(lesson.Sentence);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Two_sends_lie_in_one_queue_in_two_colours_and_with_two_letters()
    {
        await using var visit = await lab.OpenAsync("stream");

        await visit.StepAsync("c", calls: 7);
        await visit.StepAsync("c", calls: 8);

        var pieces = visit.Page.Locator(".queue .piece");
        await Assertions.Expect(pieces).ToHaveCountAsync(2);
        Assert.Equal(["a", "b"], await pieces.Locator("sup").AllTextContentsAsync());
        Assert.NotEqual(await ColourAsync(pieces.Nth(0)), await ColourAsync(pieces.Nth(1)));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Img, new() { Name = "conn receives: 10 bytes" }))
            .ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_call_that_waits_is_seen_to_wait_while_the_other_side_goes_on()
    {
        await using var visit = await lab.OpenAsync("hello");
        for (var calls = 1; calls <= 4; calls++)
        {
            await visit.StepAsync("s", calls);
        }

        await Assertions.Expect(visit.Page.Locator(".line.waits .clock")).ToContainTextAsync("waits");
        await visit.StepAsync("c", calls: 5);
        await Assertions.Expect(visit.Page.Locator(".line.waits")).ToHaveCountAsync(1);
        await visit.StepAsync("c", calls: 6);

        await Assertions.Expect(visit.Page.Locator(".line.waits")).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Page.Locator(".program.server")).ToContainTextAsync("accept(listener)");
    }

    [Fact]
    public async Task A_wrong_guess_is_put_right()
    {
        await using var visit = await lab.OpenAsync("refused");
        await visit.StepAsync("c", calls: 1);
        await visit.PressAsync("c");
        await visit.Page.GetByText("No server runs. What does connect do?").First.WaitForAsync();

        await visit.Page.Keyboard.PressAsync("1");

        await Assertions.Expect(visit.Page.Locator(".verdict.bad")).ToContainTextAsync("“It fails at once”");
        await Assertions.Expect(visit.Page.Locator(".what .result.bad")).ToContainTextAsync("ECONNREFUSED");
    }

    [Fact]
    public async Task Every_step_is_said_to_who_does_not_see_it()
    {
        await using var visit = await lab.OpenAsync("stream");

        await visit.StepAsync("c", calls: 7);

        var said = visit.Page.Locator("#said[role=status]");
        await Assertions.Expect(said).ToContainTextAsync("client: send(s, \"HELLO\", 5) = 5.");
        await Assertions.Expect(said).ToContainTextAsync("conn: ESTABLISHED, 5 bytes unread.");
    }

    [Fact]
    public async Task One_goes_back_to_any_moment_and_on_again()
    {
        await using var visit = await lab.OpenAsync("stream");
        await visit.StepAsync("c", calls: 7);
        await Assertions.Expect(visit.Page.Locator(".queue .piece")).ToHaveCountAsync(1);

        await visit.Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(visit.Page.Locator("#moment-text")).ToHaveTextAsync(new Regex("^6 of 7"));
        await Assertions.Expect(visit.Page.Locator(".queue .piece")).ToHaveCountAsync(0);
        await visit.Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(visit.Page.Locator(".queue .piece")).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.Locator("#live")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Ones_own_program_is_one_side()
    {
        await using var visit = await lab.OpenAsync("stream");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Use your own program" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        var address = await visit.Page.Locator(".yours code").TextContentAsync();
        await using var own = await Connection.ConnectAsync($"tcp://{address}");

        await visit.StepAsync("s", calls: 4);
        await own.SendAsync("my own bytes"u8.ToArray());

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Img, new() { Name = "conn receives: 12 bytes" }))
            .ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(".card.connection")).ToContainTextAsync("your program");
        await visit.StepAsync("s", calls: 5);
        await Assertions.Expect(visit.Page.Locator(".what .result")).ToContainTextAsync("\"my own bytes\"");
    }

    [Fact]
    public async Task What_sends_nothing_has_no_arrow()
    {
        await using var copied = await lab.OpenAsync("processes");
        await PlayAsync(copied, "processes", calls: 10);
        var arrows = copied.Page.Locator(".diagram .message-text");
        await Assertions.Expect(arrows).ToHaveTextAsync(["SYN, SYN+ACK, ACK", "a · 5 B"]);
        await PlayAsync(copied, "processes", calls: 12, made: 10);
        await Assertions.Expect(arrows).ToHaveTextAsync(["SYN, SYN+ACK, ACK", "a · 5 B", "FIN"]);

        await using var datagrams = await lab.OpenAsync("udp-loss");
        await PlayAsync(datagrams, "udp-loss", calls: 5);
        await Assertions.Expect(datagrams.Page.Locator(".diagram .message-text")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_end_of_a_stream_is_where_it_has_arrived()
    {
        await using var shut = await lab.OpenAsync("zero");
        await PlayAsync(shut, "zero", calls: 9);
        await Assertions.Expect(shut.Page.Locator(".queue .end")).ToHaveCountAsync(1);

        await using var cut = await lab.OpenAsync("half-open");
        await PlayAsync(cut, "half-open", calls: 13);
        await Assertions.Expect(cut.Page.Locator(".card.connection")).ToContainTextAsync("FIN_WAIT1");
        await Assertions.Expect(cut.Page.Locator(".queue .end")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_connection_is_broken_while_a_lesson_goes_on()
    {
        await using var visit = await lab.OpenAsync("stream");
        var delay = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delay: nothing arrives for 2 s" });

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Slice: each byte by itself" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".told .sentence"))
            .ToContainTextAsync("the stream keeps no borders");
        await delay.ClickAsync();
        await Assertions.Expect(delay).ToBeDisabledAsync();
        await visit.StepAsync("c", calls: 7);

        await Assertions.Expect(delay).ToBeEnabledAsync();
        await Assertions.Expect(visit.Page.Locator(".program.client .line .result").Last)
            .ToContainTextAsync("5 × send(s, 1 byte of \"HELLO\", 1) = 5");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Img, new() { Name = "conn receives: 5 bytes" }))
            .ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task What_can_be_pressed_stays_in_its_place_while_something_happens()
    {
        await using var visit = await lab.OpenAsync("stream");
        var slice = await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Slice: each byte by itself" })
            .ElementHandleAsync();
        var step = await visit.Page.Locator(".program.client .step").ElementHandleAsync();

        await visit.StepAsync("c", calls: 7);
        await visit.StepAsync("c", calls: 8);

        // A press on what is replaced before the button comes up would be none.
        Assert.True(await slice.EvaluateAsync<bool>("each => each.isConnected"));
        Assert.True(await step.EvaluateAsync<bool>("each => each.isConnected"));
        await slice.ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".told .sentence"))
            .ToContainTextAsync("the stream keeps no borders");
    }

    [Fact]
    public async Task Everything_is_closed_when_the_page_leaves()
    {
        await using var visit = await lab.OpenAsync("accept");
        await visit.StepAsync("s", calls: 1);
        await visit.StepAsync("s", calls: 2);
        await visit.StepAsync("s", calls: 3);
        var address = await visit.Page.Locator(".card.lone .address").First.TextContentAsync();
        await using (await Connection.ConnectAsync($"tcp://{address}"))
        {
        }

        await visit.Page.GotoAsync("about:blank");

        await UntilRefusedAsync($"tcp://{address}");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task It_fits_a_phone(ColorScheme scheme)
    {
        await using var visit = await lab.OpenAsync(
            "hello", new() { ViewportSize = new() { Width = PhoneWidth, Height = 700 }, ColorScheme = scheme });

        await visit.StepAsync("s", calls: 1);

        Assert.InRange(
            await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, PhoneWidth);
        await Assertions.Expect(visit.Page.Locator("#next")).ToBeInViewportAsync();
    }

    private static async Task PlayAsync(LabVisitor visit, string name, int calls, int? made = null)
    {
        var lesson = LessonFiles.Find(name)!;
        for (var next = (made ?? lesson.Prepared) + 1; next <= calls; next++)
        {
            await visit.PlayNextAsync(lesson, next);
        }
    }

    private static async Task UntilRefusedAsync(string address)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            while (true)
            {
                await using var late = await Connection.ConnectAsync(address);
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
            }
        }
        catch (ConnectionException)
        {
            // Nobody listens there any more.
        }
    }

    private static Task<string> ColourAsync(ILocator piece) =>
        piece.EvaluateAsync<string>("each => getComputedStyle(each).backgroundColor");
}
