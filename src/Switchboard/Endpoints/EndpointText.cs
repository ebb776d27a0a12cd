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

        if (text == "-")
        {
            endpoint = new StandardEndpoint();
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var rest = colon + 1;
        var scheme = text[..Math.Max(0, colon)].ToLowerInvariant();
        return scheme switch
        {
            "tcp" or "udp" or "tls" => HostPortText.ReadAfterSlashes(scheme, text, rest, out endpoint),
            "unix" => UnixPath.Read(text, rest, out endpoint),
            "memory" or "pipe" or "shm" => NameText.Read(scheme, text, rest, out endpoint),
            "exec" => CommandText.Read(text, rest, out endpoint),

            // "fd::1" is an IPv6 address without its brackets, which has a better message.
            "fd" when text[rest..] is not [':', ..] => DescriptorText.Read(text, rest, out endpoint),
            "" => HostPortText.ReadShort(text, out endpoint),
            _ => HostPortText.Read("tcp", text, 0, out endpoint),
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
}
