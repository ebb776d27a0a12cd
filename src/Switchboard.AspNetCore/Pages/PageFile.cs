using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Switchboard.AspNetCore.Pages;

/// <summary>A file of a page, as it is sent.</summary>
/// <param name="Type">What browsers take it for.</param>
/// <param name="Bytes">All of it.</param>
/// <param name="Compressed">The same as gzip.</param>
/// <param name="Tag">Tells one version from another.</param>
internal sealed record PageFile(string Type, byte[] Bytes, byte[] Compressed, string Tag)
{
    private const int TagBytes = 12;
    private const string Index = "/index.html";

    /// <summary>
    /// Reads all files that an assembly holds, by the path that asks for them; an <c>index.html</c> has its folder's.
    /// </summary>
    /// <param name="assembly">Holds them as resources.</param>
    /// <param name="prefix">What the resources' names begin with, up to the first slash.</param>
    public static IReadOnlyDictionary<string, PageFile> Load(Assembly assembly, string prefix)
    {
        var files = new Dictionary<string, PageFile>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (name.StartsWith(prefix + "/", StringComparison.Ordinal))
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                using var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                var path = name[prefix.Length..].Replace('\\', '/');
                files[path.EndsWith(Index, StringComparison.Ordinal) ? path[..^(Index.Length - 1)] : path] =
                    Of(path, bytes.ToArray());
            }
        }

        return files;
    }

    /// <summary>Answers with the file, or that the browser has it already.</summary>
    /// <param name="http">A <c>GET</c> or a <c>HEAD</c>.</param>
    /// <param name="policy">What the page may do.</param>
    public Task ShowAsync(HttpContext http, string policy)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.CacheControl = "no-cache";
        headers.ETag = Tag;
        headers.Vary = "Accept-Encoding";
        if (http.Request.Headers.IfNoneMatch == Tag)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var accepted = http.Request.Headers.AcceptEncoding.ToString();
        var isCompressed = accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase);
        headers.ContentEncoding = isCompressed ? "gzip" : default;
        return WebAnswer.WriteAsync(http, Type, isCompressed ? Compressed : Bytes);
    }

    private static PageFile Of(string path, byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
        {
            gzip.Write(bytes);
        }

        var type = Path.GetExtension(path) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".json" => "application/json; charset=utf-8",
            ".woff2" => "font/woff2",
            _ => "image/svg+xml",
        };
        var tag = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, TagBytes));
        return new PageFile(type, bytes, compressed.ToArray(), $"\"{tag}\"");
    }
}
