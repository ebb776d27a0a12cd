using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Tests.Lab;

/// <summary>Somebody with a keyboard, and no mouse, at the lab.</summary>
internal sealed class LabVisitor : IAsyncDisposable
{
    // The page has heard what has become of all that was asked for.
    private const string Ready = "main:has(#stage[aria-busy=false])";

    public LabVisitor(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => Complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Complaints.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What the browser found wrong.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>One call by the key of its side.</summary>
    /// <param name="key">The key.</param>
    /// <param name="calls">How many calls there are then.</param>
    public async Task StepAsync(string key, int calls)
    {
        await PressAsync(key);
        await WaitForCallsAsync(calls);
    }

    /// <summary>
    /// Presses the key of a side, once that side can go on: while it waits in a call, or the page for an answer, the
    /// key is for nobody.
    /// </summary>
    public async Task PressAsync(string key)
    {
        var side = key == "s" ? "server" : "client";
        await Page.Locator($"{Ready} .program.{side} .step:enabled").First.WaitForAsync(
            new() { State = WaitForSelectorState.Attached });
        await Page.Keyboard.PressAsync(key);
    }

    /// <summary>Begins the lesson again, with a server of one's own.</summary>
    public async Task UseOwnServerAsync(int port)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Use your own program" }).ClickAsync();
        await Page.GetByLabel("server: the lesson’s client connects to it").CheckAsync();
        await Page.GetByLabel("Port of my server").FillAsync($"{port}");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Page.Locator(".yours code", new() { HasText = $"127.0.0.1:{port}" }).WaitForAsync();
        await WaitUntilReadyAsync();
    }

    /// <summary>Plays the next call of the lesson, and answers rightly if that is asked first.</summary>
    public async Task PlayNextAsync(Lesson lesson, int calls)
    {
        // Waiting for an element hears of it at once; an expectation that is not met looks again 100 ms later.
        // A call that goes on for a moment longer than usual must not be overtaken by another side's next one.
        var step = lesson.Steps[calls - 1];
        await Page.Locator($"{Ready} #next:enabled", new() { HasText = $"{step.Actor}: {step.Call}" }).WaitForAsync();
        await Page.Keyboard.PressAsync("Space");
        var choice = Page.Locator(".choice");
        await choice.Or(Progress(calls)).First.WaitForAsync();
        if (await choice.CountAsync() > 0)
        {
            var text = await Page.Locator("#question").TextContentAsync();
            var question = lesson.Steps.Select(step => step.Question)
                .First(each => each is not null && text!.EndsWith(each.Text, StringComparison.Ordinal))!;
            await Page.Keyboard.PressAsync($"{question.Right}");
            await Page.Locator(".verdict.good").WaitForAsync();
        }

        await WaitForCallsAsync(calls);
    }

    public Task WaitForCallsAsync(int calls) => Progress(calls).WaitForAsync();

    /// <summary>Waits until the lesson can go on.</summary>
    public Task WaitUntilReadyAsync() => Page.Locator($"{Ready} #next:enabled").WaitForAsync();

    public async ValueTask DisposeAsync() => await Page.CloseAsync();

    private ILocator Progress(int calls) =>
        Page.Locator("#progress", new() { HasTextRegex = new Regex($"^{calls} of") });
}
