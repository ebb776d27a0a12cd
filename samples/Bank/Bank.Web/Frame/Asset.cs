using System.Security.Cryptography;

namespace Bank.Web.Frame;

/// <summary>A file that pages need, as it lies in this program.</summary>
/// <param name="Type">What browsers take it for.</param>
/// <param name="Bytes">All of it.</param>
/// <param name="Version">Of its content; part of its address, so that browsers may keep it for good.</param>
public sealed record Asset(string Type, byte[] Bytes, string Version)
{
    private const string Prefix = "assets/";
    private const int VersionBytes = 6;

    private static readonly Dictionary<string, Asset> All = typeof(Asset).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(name => name[Prefix.Length..], Load, StringComparer.Ordinal);

    /// <summary>Where the file of this name is.</summary>
    public static string PathOf(string name) => $"/assets/{name}?{All[name].Version}";

    public static async Task AnswerAsync(HttpContext http)
    {
        if (!All.TryGetValue((string)http.Request.RouteValues["name"]!, out var asset))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = asset.Type;
        http.Response.ContentLength = asset.Bytes.Length;
        http.Response.Headers.CacheControl = http.Request.QueryString.Value == "?" + asset.Version
            ? "public, max-age=31536000, immutable"
            : "no-cache";
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(asset.Bytes, http.RequestAborted);
        }
    }

    private static Asset Load(string resource)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var type = Path.GetExtension(resource) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            _ => "image/svg+xml",
        };
        return new Asset(type, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, VersionBytes)));
    }
}
