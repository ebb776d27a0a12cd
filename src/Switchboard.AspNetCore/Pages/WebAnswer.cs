using System.Text;
using Microsoft.AspNetCore.Http;

namespace Switchboard.AspNetCore.Pages;

/// <summary>What answers of every web server have in common.</summary>
internal static class WebAnswer
{
    /// <summary>Has browsers take nothing for what it is not, and tell other sites nothing.</summary>
    public static void Guard(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";

        // Not no-referrer: with that, browsers say of this page's own form that it comes from nowhere.
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    /// <summary>Says in one sentence why there is no other answer.</summary>
    public static Task RefuseAsync(HttpContext http, int status, string problem)
    {
        http.Response.StatusCode = status;
        return WriteTextAsync(http, problem);
    }

    public static Task WriteTextAsync(HttpContext http, string text) =>
        WriteAsync(http, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text + "\n"));

    /// <summary>Answers with these bytes, or for <c>HEAD</c> with what is to be known of them.</summary>
    public static async Task WriteAsync(HttpContext http, string type, ReadOnlyMemory<byte> bytes)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted).ConfigureAwait(false);
        }
    }
}
