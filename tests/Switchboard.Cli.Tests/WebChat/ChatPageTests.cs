using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Switchboard.Tests;

namespace Switchboard.Cli.Tests.WebChat;

/// <summary>What people see and do at the page of a chat, with real browsers.</summary>
public sealed class ChatPageTests
{
    private const string Paste = """
        (field, text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }
        """;

    private const int PhoneWidth = 360;

    [Fact]
    public async Task Two_browsers_talk_and_what_is_meant_for_somebody_is_marked()
    {
        await using var chat = await ChatRun.StartAsync();
        await using var ann = await ChatVisit.StartAsync(chat.Url, "ann", "#tea");
        await using var bob = await ChatVisit.StartAsync(chat.Url, "bob", "#tea");

        await ann.SayAsync("Is anybody here?");
        await bob.WaitForMessageAsync("Is anybody here?");
        await bob.SayAsync("ann: yes, see https://example.org/a?b=(c).");

        await ann.Page.Locator(".message.mention", new() { HasText = "ann: yes" }).WaitForAsync();
        Assert.Equal(
            "https://example.org/a?b=(c)",
            await ann.Page.GetByRole(AriaRole.Link, new() { Name = "https://example.org" }).GetAttributeAsync("href"));
        await ann.SayAsync("/me waves");
        await bob.Page.Locator(".message.act", new() { HasText = "waves" }).WaitForAsync();
        Assert.Empty(ann.Complaints.Concat(bob.Complaints));
    }

    [Fact]
    public async Task Who_comes_later_sees_what_was_said_and_can_go_further_back()
    {
        await using var chat = await ChatRun.StartAsync(new Switchboard.Chat.ChatLimits { MaxLineBurst = 1_000_000 });
        var early = await chat.ArriveAsync("early");
        await early.SendAsync("JOIN #tea");
        for (var count = 1; count <= 250; count++)
        {
            await early.SendAsync($"PRIVMSG #tea :number {count}.");
        }

        await early.SendAsync("PING done");
        await early.ReceiveUntilAsync("PONG");
        await using var late = await ChatVisit.StartAsync(chat.Url, "late", "#tea");
        await late.WaitForMessageAsync("number 250.");

        Assert.Equal(0, await late.Messages.Filter(new() { HasText = "number 150." }).CountAsync());
        await late.Page.Locator("#scroller").EvaluateAsync("each => each.scrollTop = 0");
        await late.Page.Locator(".message", new() { HasText = "number 51." }).WaitForAsync(
            new() { State = WaitForSelectorState.Attached });
        await late.Page.Locator("#scroller").EvaluateAsync("each => each.scrollTop = 0");
        await late.Page.GetByText("This is where #tea begins.").WaitForAsync();
        Assert.Equal(250, await late.Messages.CountAsync());
        Assert.Empty(late.Complaints);
    }

    [Fact]
    public async Task What_is_said_elsewhere_is_counted_until_it_is_read()
    {
        await using var chat = await ChatRun.StartAsync();
        await using var ann = await ChatVisit.StartAsync(chat.Url, "ann", "#tea");
        await ann.SayAsync("/join #garden");
        await ann.WaitForRoomAsync("#garden");
        var bob = await chat.ArriveAsync("bob");
        await bob.SendAsync("JOIN #tea");
        await bob.SendAsync("PRIVMSG #tea :one");
        await bob.SendAsync("PRIVMSG #tea :two, ann");
        await bob.SendAsync("PRIVMSG ann :in private");
        var tea = ann.Page.Locator(".entry", new() { HasText = "tea" });

        await tea.Locator(".count.mentions", new() { HasText = "2 unread, for you" }).WaitForAsync();
        await ann.Page.Locator(".entry", new() { HasText = "bob" }).Locator(".count").WaitForAsync();
        await Assertions.Expect(ann.Page).ToHaveTitleAsync(
            new Regex(@"^\(2\) #garden"), new() { Timeout = OwnBrowser.PatienceMilliseconds });
        await tea.ClickAsync();

        await ann.Page.GetByRole(AriaRole.Separator, new() { Name = "New messages" }).WaitForAsync();
        await tea.Locator(".count").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task What_can_be_pressed_stays_in_its_place_whatever_is_said_meanwhile()
    {
        await using var chat = await ChatRun.StartAsync();
        await using var ann = await ChatVisit.StartAsync(chat.Url, "ann", "#tea");
        await ann.SayAsync("/join #garden");
        await ann.WaitForRoomAsync("#garden");
        var tea = await ann.Page.Locator(".entry .label", new() { HasText = "tea" }).ElementHandleAsync();
        var bob = await chat.ArriveAsync("bob");
        await bob.SendAsync("JOIN #tea");
        await bob.SendAsync("PRIVMSG #tea :one");
        await ann.Page.Locator(".entry .count", new() { HasText = "1" }).WaitForAsync();

        // A press on what is replaced before the button comes up would be none.
        Assert.True(await tea.EvaluateAsync<bool>("each => each.isConnected"));
        await tea.ClickAsync();
        await ann.WaitForRoomAsync("#tea");
    }

    [Fact]
    public async Task A_restart_loses_neither_what_was_typed_nor_what_was_said_meanwhile()
    {
        await using var chat = await ChatRun.StartAsync();
        await using var ann = await ChatVisit.StartAsync(chat.Url, "ann", "#tea");
        await ann.SayAsync("before");
        await ann.WaitForMessageAsync("before");
        await ann.Text.FillAsync("half a thought");

        await chat.StopAsync();
        await ann.WaitForStateAsync("Not connected");
        await ann.Text.PressAsync("Enter");
        await ann.Page.GetByText("What you have typed is kept.").WaitForAsync();
        await using (var server = await Server.StartAsync("tcp://127.0.0.1:0", chat.Chat.ServeAsync))
        {
            await using var other = await Connection.ConnectAsync(server.Local);
            await other.SendAsync(
                "NICK bob\r\nUSER b 0 * :b\r\nJOIN #tea\r\nPRIVMSG #tea :meanwhile\r\nPING done\r\n"u8.ToArray());
            await other.CompleteSendingAsync();
            await Peer.HearAllAsync(other);
        }

        await chat.StartAgainAsync();
        await ann.WaitForMessageAsync("meanwhile");

        Assert.Equal("half a thought", await ann.Text.InputValueAsync());
        await ann.Text.PressAsync("Enter");
        await ann.WaitForMessageAsync("half a thought");
        Assert.Equal(0, await ann.Page.Locator(".gap").CountAsync());
    }

    [Fact]
    public async Task A_server_that_has_forgotten_leaves_a_gap_that_is_shown()
    {
        await using var chat = await ChatRun.StartAsync();
        await using var ann = await ChatVisit.StartAsync(chat.Url, "ann", "#tea");
        await ann.SayAsync("before");
        await ann.WaitForMessageAsync("before");

        await chat.StopAsync();
        await chat.ForgetAsync();

        await ann.Page.Locator(".gap", new() { HasText = "may be missing" }).WaitForAsync();
        await ann.WaitForStateAsync("Connected");
    }

    [Fact]
    public async Task A_reload_keeps_the_place_the_rooms_and_what_is_typed()
    {
        await using var chat = await ChatRun.StartAsync();
        await using var ann = await ChatVisit.StartAsync(chat.Url, "ann", "#tea");
        await ann.SayAsync("/join #garden");
        await ann.WaitForRoomAsync("#garden");
        await ann.SayAsync("roses");
        await ann.WaitForMessageAsync("roses");
        await ann.Text.FillAsync("and tulips");

        await ann.Page.ReloadAsync();

        await ann.WaitForRoomAsync("#garden");
        await ann.WaitForMessageAsync("roses");
        Assert.Equal("and tulips", await ann.Text.InputValueAsync());
        await ann.Page.Locator(".entry:not(.out)", new() { HasText = "tea" }).WaitForAsync();

        // The nick may be in use for a moment, by the one who was here before the reload.
        await Assertions.Expect(ann.Page.Locator("#me")).ToHaveTextAsync(
            "ann", new() { Timeout = OwnBrowser.PatienceMilliseconds });
    }

    [Fact]
    public async Task Everything_can_be_done_by_keyboard()
    {
        await using var chat = await ChatRun.StartAsync();
        var bob = await chat.ArriveAsync("bobby");
        await bob.SendAsync("JOIN #tea");

        // The rooms are asked for once: this one has to be there by then.
        await bob.ReceiveUntilAsync("366");
        await using var ann = await ChatVisit.StartAsync(chat.Url);
        var keys = ann.Page.Keyboard;

        await keys.TypeAsync("ann");
        await keys.PressAsync("Enter");
        await ann.WaitForRoomAsync("No room yet");
        await keys.PressAsync("Control+k");
        await keys.TypeAsync("te");
        await ann.Page.GetByRole(AriaRole.Option, new() { Name = "#tea" }).WaitForAsync();
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("ArrowUp");
        await keys.PressAsync("Enter");
        await ann.WaitForRoomAsync("#tea");
        await ann.Page.Locator("#member-count", new() { HasText = "2" }).WaitForAsync();
        await keys.TypeAsync("bo");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("hello");
        await keys.PressAsync("Shift+Enter");
        await ann.Page.GetByText("A message is one line here").WaitForAsync();
        await keys.PressAsync("Enter");
        await ann.WaitForMessageAsync("bobby: hello");
        await keys.TypeAsync("/join #garden");
        await keys.PressAsync("Enter");
        await ann.WaitForRoomAsync("#garden");
        await keys.PressAsync("Alt+ArrowDown");
        await ann.WaitForRoomAsync("#tea");
        await keys.PressAsync("Shift+Tab");

        Assert.NotEqual("text", await ann.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    [Fact]
    public async Task Several_pasted_lines_are_sent_only_when_that_is_meant()
    {
        await using var chat = await ChatRun.StartAsync();
        await using var ann = await ChatVisit.StartAsync(chat.Url, "ann", "#tea");

        await PasteAsync(ann, "one\ntwo\nthree");
        await ann.Page.GetByRole(AriaRole.Heading, new() { Name = "Send 3 messages?" }).WaitForAsync();
        await ann.Page.Keyboard.PressAsync("Escape");
        await PasteAsync(ann, "four\nfive");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Send 2 messages" }).ClickAsync();

        await ann.WaitForMessageAsync("five");
        Assert.Equal(2, await ann.Messages.CountAsync());
    }

    [Fact]
    public async Task A_question_asked_at_once_after_another_has_an_answer_of_its_own()
    {
        await using var chat = await ChatRun.StartAsync();
        await using var ann = await ChatVisit.StartAsync(chat.Url, "ann", "#tea");
        await PasteAsync(ann, "one\ntwo\nthree");
        await ann.Page.GetByRole(AriaRole.Heading, new() { Name = "Send 3 messages?" }).WaitForAsync();

        await ann.Text.EvaluateAsync($"(field, text) => {{ question.close(); ({Paste})(field, text); }}", "four\nfive");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Send 2 messages" }).ClickAsync();

        await ann.WaitForMessageAsync("five");
        Assert.Equal(2, await ann.Messages.CountAsync());
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<script>alert(1)</script>&amp;&#x41;")]
    [InlineData("javascript:alert(1) data:text/html,<b>x")]
    [InlineData("\"onmouseover=alert(1) 'x' `${alert(1)}`")]
    public async Task What_strangers_write_is_shown_as_text(string text)
    {
        await using var chat = await ChatRun.StartAsync();
        await using var ann = await ChatVisit.StartAsync(chat.Url, "ann", "#tea");
        var bob = await chat.ArriveAsync("bob");
        await bob.SendAsync("JOIN #tea");
        await bob.SendAsync($"TOPIC #tea :{text}");

        await bob.SendAsync($"PRIVMSG #tea :{text}");

        await ann.WaitForMessageAsync(text);
        Assert.Equal(text, await ann.Messages.First.Locator(".text").TextContentAsync());
        Assert.Equal(0, await ann.Messages.Locator("a, img, script").CountAsync());
        Assert.Empty(ann.Complaints);
    }

    [Fact]
    public async Task A_nick_that_is_taken_is_refused_with_the_reason()
    {
        await using var chat = await ChatRun.StartAsync();
        await chat.ArriveAsync("ann");
        await using var other = await ChatVisit.StartAsync(chat.Url);

        await other.Page.Locator("#nick").FillAsync("ann");
        await other.Page.Locator("#nick").PressAsync("Enter");

        await other.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Somebody is called ann" }).WaitForAsync();
    }

    [Fact]
    public async Task Whoever_tries_again_at_once_after_a_refusal_gets_in()
    {
        await using var chat = await ChatRun.StartAsync();
        await chat.ArriveAsync("ann");
        await using var visit = await ChatVisit.StartAsync(chat.Url);

        // Before the browser has told that the refused connection is closed.
        await visit.Page.EvaluateAsync(
            """
            () => new MutationObserver((_, watching) => {
              watching.disconnect();
              document.querySelector("#nick").value = "bob";
              document.querySelector("#sign-in-form").requestSubmit();
            }).observe(document.querySelector("#sign-in-problem"), { childList: true })
            """);
        await visit.ComeInAsync("ann", "#tea");

        Assert.Equal("bob", await visit.Page.Locator("#me").TextContentAsync());
    }

    [Fact]
    public async Task An_account_of_ones_own_is_signed_in_to()
    {
        await using var chat = await ChatRun.StartAsync();
        var owner = await chat.ArriveAsync("ann");
        await owner.SendAsync("REGISTER * * secret-word");
        await owner.ReceiveUntilAsync("REGISTER");
        await owner.SendAsync("QUIT");
        await owner.ReceiveCloseAsync();
        await using var ann = await ChatVisit.StartAsync(chat.Url);

        await ann.Page.Locator("#password").FillAsync("wrong-word");
        await ann.Page.Locator("#nick").FillAsync("ann");
        await ann.Page.Locator("#nick").PressAsync("Enter");
        await ann.Page.GetByText("That is not the password of this nick.").WaitForAsync();
        await ann.Page.Locator("#password").FillAsync("secret-word");
        await ann.ComeInAsync("ann", "#tea");

        Assert.Equal("ann", await ann.Page.Locator("#me").TextContentAsync());
        Assert.DoesNotContain(
            "secret-word", await ann.Page.EvaluateAsync<string>("JSON.stringify({...sessionStorage, ...localStorage})"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_light_or_dark_as_one_likes_and_fits_a_phone()
    {
        await using var chat = await ChatRun.StartAsync();
        await using var ann = await ChatVisit.StartAsync(
            chat.Url, new() { ViewportSize = new() { Width = PhoneWidth, Height = 640 } });
        await ann.ComeInAsync("ann", "#tea");
        await ann.SayAsync(new string('w', 200));
        await ann.WaitForMessageAsync("www");

        var light = await BackgroundAsync(ann.Page, ColorScheme.Light);
        var dark = await BackgroundAsync(ann.Page, ColorScheme.Dark);

        Assert.NotEqual(light, dark);
        Assert.InRange(await WidthAsync(ann.Page), 1, PhoneWidth);
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Rooms" }).ClickAsync();
        await ann.Page.Locator(".entry", new() { HasText = "tea" }).WaitForAsync();
        Assert.InRange(await WidthAsync(ann.Page), 1, PhoneWidth);
    }

    private static Task<int> WidthAsync(IPage page) =>
        page.EvaluateAsync<int>("document.documentElement.scrollWidth");

    private static async Task<string> BackgroundAsync(IPage page, ColorScheme scheme)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        return await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
    }

    private static async Task PasteAsync(ChatVisit visit, string text) => await visit.Text.EvaluateAsync(Paste, text);
}
