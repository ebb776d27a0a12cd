namespace Switchboard.Endpoints;

/// <summary>Reads any endpoint: finds its scheme, and leaves the rest to the reader of that scheme.</summary>
internal static class EndpointText
{
    /// <summary>Sets the endpoint, or returns the first mistake.</summary>
    public static Mistake? Read(string text, out Endpoint? endpoint)
    {
        endpoint = null;
        if ((PlainText.Check(text) ?? CheckForScheme(text)) is { } mistake)
        {
            return mistake;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var rest = colon + 1;
        return text[..Math.Max(0, colon)].ToLowerInvariant() switch
        {
            "tcp" => CheckSlashes(text, rest) ?? TcpText.Read(text, rest + "//".Length, out endpoint),
            "unix" => UnixPath.Read(text, rest, out endpoint),
            "memory" => MemoryName.Read(text, rest, out endpoint),
            "" => TcpText.ReadShort(text, out endpoint),
            _ => TcpText.Read(text, 0, out endpoint),
        };
    }

    private static Mistake? CheckForScheme(string text)
    {
        if (text.Length == 0)
        {
            return new Mistake(0, "An endpoint cannot be empty.", Schemes.RightForms);
        }

        return IsPath(text)
            ? new Mistake(0, "A path needs its scheme in front.", UnixPath.RightForm)
            : Schemes.CheckKnown(text);
    }

    private static bool IsPath(string text) =>
        text.StartsWith('/')
        || text.StartsWith("./", StringComparison.Ordinal)
        || text.StartsWith("../", StringComparison.Ordinal)
        || text.StartsWith("~/", StringComparison.Ordinal);

    private static Mistake? CheckSlashes(string text, int start) =>
        text.AsSpan(start).StartsWith("//")
            ? null
            : new Mistake(start, "After \"tcp:\" come two slashes.", TcpText.RightForm);
}
