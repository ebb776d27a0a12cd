using System.Globalization;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;
using Microsoft.Win32.SafeHandles;

namespace Switchboard.Cli.WebFiles;

/// <summary>Sends a file: all of it, a range, compressed, or only that it has not changed.</summary>
/// <param name="http">Request and response.</param>
/// <param name="file">Owned by the caller.</param>
/// <param name="type">What kind of file it is.</param>
internal sealed class FileAnswer(HttpContext http, SafeFileHandle file, string type)
{
    private const int LeastWorthwhile = 1024;
    private const int MostCompressed = 64 * 1024 * 1024;

    private readonly long _bytes = RandomAccess.GetLength(file);
    private readonly DateTimeOffset _changed = WholeSeconds(File.GetLastWriteTimeUtc(file));

    private string Tag => string.Create(
        CultureInfo.InvariantCulture, $"{File.GetLastWriteTimeUtc(file).Ticks:x}-{_bytes:x}");

    public async Task SendAsync()
    {
        var headers = http.Response.GetTypedHeaders();
        headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        if (MediaTypes.IsCompressible(type))
        {
            http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
            if (ChooseEncoding() is { } encoding)
            {
                await SendCompressedAsync(headers, encoding);
                return;
            }
        }

        await using var stream = new FileStream(file, FileAccess.Read, bufferSize: 0);
        await TypedResults.Stream(
            stream, type, fileDownloadName: null, _changed, new EntityTagHeaderValue($"\"{Tag}\""),
            enableRangeProcessing: true).ExecuteAsync(http);
    }

    private static DateTimeOffset WholeSeconds(DateTime time) =>
        new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    /// <summary>Null for none. A range is of the file itself, and so it is never compressed.</summary>
    private string? ChooseEncoding()
    {
        if (_bytes is < LeastWorthwhile or > MostCompressed || http.Request.Headers.Range.Count > 0)
        {
            return null;
        }

        var accepted = http.Request.GetTypedHeaders().AcceptEncoding;
        return Array.Find(["br", "gzip"], encoding => Accepts(accepted, encoding));
    }

    private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string encoding)
    {
        var named = accepted.FirstOrDefault(each => each.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase));
        return named is not null && named.Quality is not 0;
    }

    private async Task SendCompressedAsync(ResponseHeaders headers, string encoding)
    {
        // Other bytes are another representation, with a tag of its own.
        var tag = new EntityTagHeaderValue($"\"{Tag}-{encoding}\"");
        headers.ETag = tag;
        headers.LastModified = _changed;
        if (IsKnown(tag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.ContentType = type;
        http.Response.Headers.ContentEncoding = encoding;
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        await using var stream = new FileStream(file, FileAccess.Read, bufferSize: 0);
        await using Stream packed = encoding == "br"
            ? new BrotliStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true)
            : new GZipStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await stream.CopyToAsync(packed, http.RequestAborted);
    }

    private bool IsKnown(EntityTagHeaderValue tag)
    {
        var asked = http.Request.GetTypedHeaders();
        return asked.IfNoneMatch.Count > 0
            ? asked.IfNoneMatch.Any(each => each.Tag == "*" || each.Compare(tag, useStrongComparison: false))
            : asked.IfModifiedSince >= _changed;
    }
}
