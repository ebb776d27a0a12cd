using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Switchboard.AspNetCore.Pages;
using Switchboard.Board.Lab;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Serving;

/// <summary>
/// The lab in the site: <c>/lab/lessons</c> lists the lessons, and <c>/lab/run</c> is a WebSocket for each page, over
/// which it performs them. When the WebSocket ends, so does everything that was opened for it.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class LabPart(TimeProvider time) : IBoardPart
{
    /// <summary>Each has a few dozen sockets at most.</summary>
    public const int MaxVisits = 16;

    private int _visits;

    public PathString Path => "/lab";

    public Task AnswerAsync(HttpContext http, CancellationToken stopping) => http.Request.Path.Value switch
    {
        "/lab/lessons" => ListAsync(http),
        "/lab/run" => RunAsync(http, stopping),
        _ => WebAnswer.RefuseAsync(http, StatusCodes.Status404NotFound, "There is nothing of that name."),
    };

    private static Task ListAsync(HttpContext http)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (var lesson in LessonFiles.All)
            {
                json.WriteStartObject();
                json.WriteString("name", lesson.Name);
                json.WriteString("file", lesson.File);
                json.WriteString("title", lesson.Title);
                json.WriteString("sentence", lesson.Sentence);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return WebAnswer.WriteAsync(http, "application/json; charset=utf-8", bytes.WrittenMemory);
    }

    private async Task RunAsync(HttpContext http, CancellationToken stopping)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await WebAnswer.RefuseAsync(http, StatusCodes.Status426UpgradeRequired, "The lab is a WebSocket.")
                .ConfigureAwait(false);
            return;
        }

        if (!OperatingSystem.IsLinux())
        {
            await WebAnswer.RefuseAsync(
                http, StatusCodes.Status501NotImplemented, "The lab makes Linux's calls, and this is another system.")
                .ConfigureAwait(false);
            return;
        }

        try
        {
            await AdmitAsync(http, stopping).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _visits);
        }
    }

    private async Task AdmitAsync(HttpContext http, CancellationToken stopping)
    {
        if (Interlocked.Increment(ref _visits) > MaxVisits)
        {
            await WebAnswer.RefuseAsync(
                http, StatusCodes.Status503ServiceUnavailable, "The lab is open in too many pages. Close some.")
                .ConfigureAwait(false);
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        using var visit = new LabVisit(socket, time);
        await visit.RunAsync(stopping).ConfigureAwait(false);
    }
}
