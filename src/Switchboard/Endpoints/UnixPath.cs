using System.Text;

namespace Switchboard.Endpoints;

/// <summary>The path of a Unix domain socket.</summary>
internal static class UnixPath
{
    /// <summary>What stands in the place of a path for a peer that has none.</summary>
    public const string Unnamed = "(unnamed)";

    /// <summary>What to write instead.</summary>
    public const string RightForm = "Write unix:/path, such as unix:/tmp/app.sock, or unix:./app.sock.";

    /// <summary>Reads the path that begins at <paramref name="start"/>.</summary>
    public static Mistake? Read(string text, int start, out Endpoint? endpoint)
    {
        var path = text[start..];
        var mistake = (CheckSlashes(path) ?? Check(path))?.After(start);
        endpoint = mistake is null ? new UnixEndpoint(path) : null;
        return mistake;
    }

    /// <summary>Finds what keeps a text from being a path.</summary>
    public static Mistake? Check(string path)
    {
        if (path.Length == 0)
        {
            return new Mistake(0, "The path is missing.", RightForm);
        }

        if (path[0] == '@')
        {
            return new Mistake(
                0,
                "Abstract names are refused: no file guards them, so any program here can take or reach them.",
                RightForm);
        }

        return PlainText.Check(path) ?? CheckLength(path);
    }

    /// <summary>The path as it is stored: empty for <see cref="Unnamed"/>, one slash at the start.</summary>
    /// <exception cref="ArgumentException">It cannot be the path of a socket.</exception>
    public static string Canonical(string path)
    {
        Mistake.ThrowIfAny(Check(path), path, nameof(path));
        return path == Unnamed ? "" : path[ExtraSlashes(path)..];
    }

    // After unix:// a URL would name a host, so whoever wrote unix://tmp/x may mean /tmp/x or tmp/x.
    private static Mistake? CheckSlashes(string path) =>
        path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("///", StringComparison.Ordinal)
            ? new Mistake(0, "Between \"unix:\" and the path stand no slashes.", RightForm)
            : null;

    private static Mistake? CheckLength(string path)
    {
        var limit = UnixEndpoint.MaxPathBytes;
        var start = ExtraSlashes(path);
        var bytes = Encoding.UTF8.GetByteCount(path.AsSpan(start));
        return bytes <= limit
            ? null
            : new Mistake(
                start + CharactersWithin(path.AsSpan(start), limit),
                $"The path has {bytes} bytes, and this system's socket addresses hold {limit}.",
                "Use a shorter path: a directory nearer to the root, or a relative path such as unix:./app.sock.");
    }

    private static int ExtraSlashes(string path) => Math.Max(0, path.Length - path.AsSpan().TrimStart('/').Length - 1);

    private static int CharactersWithin(ReadOnlySpan<char> path, int bytes)
    {
        var characters = 0;
        foreach (var rune in path.EnumerateRunes())
        {
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0)
            {
                break;
            }

            characters += rune.Utf16SequenceLength;
        }

        return characters;
    }
}
