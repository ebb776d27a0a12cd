using Microsoft.AspNetCore.Http;

namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>Answers with what it was asked, in each of the ways that a response can be framed.</summary>
internal static class EchoApplication
{
    public static async Task RunAsync(HttpContext http)
    {
        switch (http.Request.Path.Value)
        {
            case "/":
                http.Response.ContentLength = 13;
                await http.Response.WriteAsync("Hello, World!");
                return;
            case "/echo":
                await EchoAsync(http);
                return;
            case "/large":
                await WriteLargeAsync(http.Response);
                return;
            case "/headers":
                await http.Response.WriteAsync(string.Join('\n', http.Request.Headers.Select(one => $"{one}")));
                return;
            case "/nothing":
                http.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            case "/unread":
                await http.Response.WriteAsync("the body was not read");
                return;
            case "/abort":
                http.Abort();
                return;
            case "/late":
                await http.Response.WriteAsync("begun");
                throw new InvalidOperationException("too late for a status");
            case "/wrong":
                throw new InvalidOperationException("nothing was written");
            default:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
        }
    }

    // At once: how a body is cut into pieces on its way in is not the same twice.
    private static async Task EchoAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        await http.Response.Body.WriteAsync(body.ToArray());
    }

    private static async Task WriteLargeAsync(HttpResponse response)
    {
        var piece = new byte[10_000];
        for (var piecesLeft = 100; piecesLeft > 0; piecesLeft--)
        {
            Array.Fill(piece, (byte)piecesLeft);
            await response.Body.WriteAsync(piece);
        }
    }
}
