using System.IO.Compression;
using System.Security.Cryptography;

namespace Switchboard.Cli.WebChat;

/// <summary>A file of the page, as it is sent.</summary>
/// <param name="Type">What browsers take it for.</param>
/// <param name="Bytes">All of it.</param>
/// <param name="Compressed">The same as gzip.</param>
/// <param name="Tag">Tells one version from another.</param>
internal sealed record PageFile(string Type, byte[] Bytes, byte[] Compressed, string Tag)
{
    private const string Prefix = "web-chat/";
    private const int TagBytes = 12;

    /// <summary>All files, by the path that asks for them.</summary>
    public static IReadOnlyDictionary<string, PageFile> All { get; } = Load();

    private static Dictionary<string, PageFile> Load()
    {
        var assembly = typeof(PageFile).Assembly;
        var files = new Dictionary<string, PageFile>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                using var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                var path = name[(Prefix.Length - 1)..];
                files[path == "/index.html" ? "/" : path] = Of(path, bytes.ToArray());
            }
        }

        return files;
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
            _ => "image/svg+xml",
        };
        var tag = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, TagBytes));
        return new PageFile(type, bytes, compressed.ToArray(), $"\"{tag}\"");
    }
}
