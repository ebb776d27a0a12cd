using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Bank.Web.Visits;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bank.Web.Frame;

/// <summary>Makes HTML of components, which encode whatever they show unless they say otherwise; none does.</summary>
public sealed class PageWriter : IAsyncDisposable
{
    // Without this, every letter that English has not becomes eight characters.
    private readonly ServiceProvider _parts = new ServiceCollection()
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
        .BuildServiceProvider();

    public async Task ShowAsync<TPage>(Visit visit, int status, Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        parameters[nameof(Visit)] = visit;
        var html = Encoding.UTF8.GetBytes(await RenderAsync<TPage>(parameters));
        var response = visit.Http.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = html.Length;
        if (!HttpMethods.IsHead(visit.Http.Request.Method))
        {
            await response.Body.WriteAsync(html, visit.Left);
        }
    }

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private async Task<string> RenderAsync<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(_parts, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters));
            return $"<!doctype html>\n{page.ToHtmlString()}";
        });
    }
}
