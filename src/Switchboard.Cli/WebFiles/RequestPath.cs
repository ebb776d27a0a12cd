using System.Text;

namespace Switchboard.Cli.WebFiles;

/// <summary>The path of a request, taken apart before anybody else has cleaned it up.</summary>
/// <param name="Parts">Folders and name, decoded once; none for the root.</param>
/// <param name="IsFolder">Whether it ended in a slash.</param>
internal sealed record RequestPath(IReadOnlyList<string> Parts, bool IsFolder)
{
    private const int MaxParts = 64;

    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The path as a link has it: each part escaped, and never two slashes at its beginning.</summary>
    public string Escaped => Escape(Parts, IsFolder);

    /// <summary>Reads the target of a request line.</summary>
    /// <returns>Null if it leads elsewhere, is no path, or is encoded in a way that no browser uses.</returns>
    public static RequestPath? Parse(string target)
    {
        var path = WithoutHost(target).Split('?', 2)[0];
        if (!path.StartsWith('/'))
        {
            return null;
        }

        var segments = path[1..].Split('/');
        if (segments.Length > MaxParts)
        {
            return null;
        }

        var isFolder = segments[^1].Length == 0;
        var parts = new List<string>();
        foreach (var segment in isFolder ? segments[..^1] : segments)
        {
            if (Decode(segment) is not { Length: > 0 } part
                || part is "." or ".."
                || part.AsSpan().ContainsAny('/', '\0'))
            {
                return null;
            }

            parts.Add(part);
        }

        return new RequestPath(parts, isFolder);
    }

    public static string Escape(IEnumerable<string> parts, bool isFolder)
    {
        var path = string.Concat(parts.Select(part => "/" + Uri.EscapeDataString(part)));
        return isFolder || path.Length == 0 ? path + "/" : path;
    }

    // A request may name its host in its first line, too.
    private static string WithoutHost(string target)
    {
        const string Mark = "://";
        var scheme = target.IndexOf(Mark, StringComparison.Ordinal);
        if (target.StartsWith('/') || scheme < 0)
        {
            return target;
        }

        var slash = target.IndexOf('/', scheme + Mark.Length);
        return slash < 0 ? "/" : target[slash..];
    }

    private static string? Decode(string segment)
    {
        var bytes = new List<byte>(segment.Length);
        for (var i = 0; i < segment.Length; i++)
        {
            if (segment[i] != '%')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(segment[i].ToString()));
                continue;
            }

            var hex = segment.AsSpan(i + 1, Math.Min(2, segment.Length - i - 1));
            if (hex.Length < 2 || !char.IsAsciiHexDigit(hex[0]) || !char.IsAsciiHexDigit(hex[1]))
            {
                return null;
            }

            bytes.Add(Convert.FromHexString(hex)[0]);
            i += 2;
        }

        try
        {
            return Strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
