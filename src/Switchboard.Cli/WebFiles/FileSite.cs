using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Switchboard.AspNetCore.Pages;
using Switchboard.Files;

namespace Switchboard.Cli.WebFiles;

/// <summary>Answers the requests of a web server of files.</summary>
/// <param name="folder">What is shown.</param>
/// <param name="uploads">Takes files; null to take none.</param>
/// <param name="doorman">Lets visitors in; null to let everybody in.</param>
/// <param name="origins">Keeps pages of other sites out.</param>
internal sealed class FileSite(SharedFolder folder, Uploads? uploads, Doorman? doorman, OriginCheck origins)
{
    private const string Index = "index.html";

    public async Task AnswerAsync(HttpContext http)
    {
        WebAnswer.Guard(http.Response);
        if (!origins.IsHostRight(http.Request.Host))
        {
            await WebAnswer.RefuseAsync(http, StatusCodes.Status421MisdirectedRequest, "This server has another name.");
        }
        else if (doorman is not null && !await doorman.AdmitsAsync(http.Request))
        {
            Doorman.Ask(http.Response);
            await WebAnswer.WriteTextAsync(http, "A name and a password are needed.");
        }
        else
        {
            await AnswerVisitorAsync(http);
        }
    }

    private static int StatusOf(TransferFailure failure) => failure switch
    {
        TransferFailure.AlreadyThere => StatusCodes.Status409Conflict,
        TransferFailure.DiskFull => StatusCodes.Status507InsufficientStorage,
        TransferFailure.Denied => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status400BadRequest,
    };

    private async Task AnswerVisitorAsync(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (RequestPath.Parse(target) is not { } path)
        {
            await WebAnswer.RefuseAsync(http, StatusCodes.Status400BadRequest, "That is no path.");
            return;
        }

        var method = http.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
        {
            await ShowAsync(http, path);
        }
        else if (uploads is not null && (HttpMethods.IsPut(method) || HttpMethods.IsPost(method)))
        {
            await TakeAsync(http, path, uploads);
        }
        else
        {
            http.Response.Headers.Allow = uploads is null ? "GET, HEAD" : "GET, HEAD, PUT, POST";
            await WebAnswer.RefuseAsync(http, StatusCodes.Status405MethodNotAllowed, "That is not done here.");
        }
    }

    private async Task ShowAsync(HttpContext http, RequestPath path)
    {
        try
        {
            await (folder.Look(path.Parts) switch
            {
                { IsFolder: true } when path.IsFolder => ShowFolderAsync(http, path),
                { IsFolder: true } => RedirectAsync(http, path),
                { IsFolder: false } when !path.IsFolder => ShowFileAsync(http, path.Parts),
                _ => WebAnswer.RefuseAsync(http, StatusCodes.Status404NotFound, "There is nothing of that name."),
            });
        }
        catch (UnauthorizedAccessException)
        {
            await WebAnswer.RefuseAsync(http, StatusCodes.Status403Forbidden, "That must not be read.");
        }
    }

    private static Task RedirectAsync(HttpContext http, RequestPath path)
    {
        http.Response.Headers.Location = (path with { IsFolder = true }).Escaped;
        return WebAnswer.RefuseAsync(http, StatusCodes.Status301MovedPermanently, "A folder ends in a slash.");
    }

    private async Task ShowFolderAsync(HttpContext http, RequestPath path)
    {
        IReadOnlyList<string> index = [.. path.Parts, Index];
        if (folder.Look(index) is { IsFolder: false })
        {
            await ShowFileAsync(http, index);
            return;
        }

        var order = ListingOrder.Parse(http.Request.Query["by"], http.Request.Query["down"]);
        var page = new ListingPage(path, folder.List(path.Parts) ?? [], order) { TakesUploads = uploads is not null };
        http.Response.Headers.ContentSecurityPolicy = ListingPage.Policy;
        http.Response.Headers.CacheControl = "no-store";
        await WebAnswer.WriteAsync(
            http, $"{MediaTypeNames.Text.Html}; charset=utf-8", Encoding.UTF8.GetBytes(page.Compose()));
    }

    private async Task ShowFileAsync(HttpContext http, IReadOnlyList<string> parts)
    {
        using var file = folder.OpenToRead(parts);
        if (file is null)
        {
            await WebAnswer.RefuseAsync(http, StatusCodes.Status404NotFound, "There is nothing of that name.");
            return;
        }

        var type = MediaTypes.Of(parts[^1]);
        if (uploads is not null && MediaTypes.IsActive(type))
        {
            // A stranger may have put it there: it is shown, but runs nothing, and speaks for nobody.
            http.Response.Headers.ContentSecurityPolicy = "sandbox";
        }

        await new FileAnswer(http, file, type).SendAsync();
    }

    private static async Task TakeAsync(HttpContext http, RequestPath path, Uploads uploads)
    {
        if (!OriginCheck.IsOwnPage(http.Request))
        {
            await WebAnswer.RefuseAsync(http, StatusCodes.Status403Forbidden, "Another site's page sent this.");
            return;
        }

        try
        {
            var isPut = HttpMethods.IsPut(http.Request.Method);
            await (isPut ? uploads.PutAsync(http, path) : uploads.PostAsync(http, path));
        }
        catch (TransferException refused)
        {
            await WebAnswer.RefuseAsync(http, StatusOf(refused.Failure), refused.Message);
        }
        catch (BadHttpRequestException refused)
        {
            await WebAnswer.RefuseAsync(http, refused.StatusCode, refused.Message);
        }
    }
}
