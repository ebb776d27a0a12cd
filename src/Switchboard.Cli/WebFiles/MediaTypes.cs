using Microsoft.AspNetCore.StaticFiles;

namespace Switchboard.Cli.WebFiles;

/// <summary>What kind of file a browser is told that it gets.</summary>
internal static class MediaTypes
{
    private const string Unknown = "application/octet-stream";

    private static readonly FileExtensionContentTypeProvider Known = new();

    private static readonly string[] CompressibleToo =
    [
        "application/json", "application/javascript", "application/xml", "application/wasm", "application/x-javascript",
    ];

    private static readonly string[] Active =
        ["text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml", "text/xsl"];

    /// <summary>By the name's ending; text is taken for UTF-8, unless it says so itself, as HTML does.</summary>
    public static string Of(string name)
    {
        var type = Known.TryGetContentType(name, out var known) ? known : Unknown;
        return type.StartsWith("text/", StringComparison.Ordinal) && !IsActive(type) ? $"{type}; charset=utf-8" : type;
    }

    /// <summary>Whether it would become smaller: what is compressed already does not.</summary>
    public static bool IsCompressible(string type)
    {
        var bare = type.Split(';')[0];
        return bare.StartsWith("text/", StringComparison.Ordinal) || CompressibleToo.Contains(bare)
            || bare.EndsWith("+xml", StringComparison.Ordinal) || bare.EndsWith("+json", StringComparison.Ordinal);
    }

    /// <summary>Whether a browser would run what is in it.</summary>
    public static bool IsActive(string type) => Active.Contains(type.Split(';')[0])
        || type.Split(';')[0].EndsWith("+xml", StringComparison.Ordinal);
}
