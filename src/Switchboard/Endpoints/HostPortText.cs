namespace Switchboard.Endpoints;

/// <summary>Reads host and port: <c>name:80</c>, <c>10.0.0.7:80</c>, <c>[::1]:80</c>; in short <c>:80</c>.</summary>
internal static class HostPortText
{
    /// <summary>What to write instead.</summary>
    public static string RightForm(string scheme) =>
        $"Write {scheme}://host:port, such as {scheme}://localhost:7342.";

    /// <summary>Reads <c>:port</c>, which is loopback: who wants to be reached from outside types an address.</summary>
    public static Mistake? ReadShort(string text, out Endpoint? endpoint)
    {
        endpoint = null;
        if (!text.StartsWith(':') || IPv6Text.WithoutBrackets(text) is not null)
        {
            return Read("tcp", text, 0, out endpoint);
        }

        var mistake = PortText.Check(text[1..])?.After(1);
        if (mistake is null)
        {
            endpoint = new TcpEndpoint("localhost", PortText.Value(text[1..]));
        }

        return mistake;
    }

    /// <summary>Reads <c>//host:port</c>, which begins at <paramref name="start"/> and must end the text.</summary>
    public static Mistake? ReadAfterSlashes(string scheme, string text, int start, out Endpoint? endpoint)
    {
        endpoint = null;
        return text.AsSpan(start).StartsWith("//")
            ? Read(scheme, text, start + "//".Length, out endpoint)
            : new Mistake(start, $"After \"{scheme}:\" come two slashes.", RightForm(scheme));
    }

    /// <summary>Reads <c>host:port</c>, which begins at <paramref name="start"/> and must end the text.</summary>
    public static Mistake? Read(string scheme, string text, int start, out Endpoint? endpoint)
    {
        endpoint = null;
        if ((CheckCharacters(scheme, text, start) ?? CheckShape(scheme, text[start..])?.After(start)) is { } misshapen)
        {
            return misshapen;
        }

        var (host, port) = Split(text, start);
        var portStart = text.Length - port.Length;
        var hostStart = portStart - host.Length - (text[start] == '[' ? "]:" : ":").Length;
        var mistake = HostText.Check(host)?.After(hostStart) ?? PortText.Check(port)?.After(portStart);
        if (mistake is null)
        {
            endpoint = New(scheme, host, PortText.Value(port));
        }

        return mistake;
    }

    private static HostEndpoint New(string scheme, string host, int port) => scheme switch
    {
        "udp" => new UdpEndpoint(host, port),
        "tls" => new TlsEndpoint(host, port),
        _ => new TcpEndpoint(host, port),
    };

    private static Mistake? CheckCharacters(string scheme, string text, int start)
    {
        for (var at = start; at < text.Length; at++)
        {
            if (CheckCharacter(scheme, text[at], at) is { } mistake)
            {
                return mistake;
            }
        }

        return null;
    }

    private static Mistake? CheckCharacter(string scheme, char character, int at) => character switch
    {
        '@' => new Mistake(at, "An endpoint has no user in front of its host.", RightForm(scheme)),
        '/' or '\\' or '?' or '#' => new Mistake(at, "The endpoint ends with its port.", RightForm(scheme)),
        _ when char.IsWhiteSpace(character) => PlainText.WhiteSpace(at),
        _ => null,
    };

    private static Mistake? CheckShape(string scheme, string text)
    {
        if (text.StartsWith('['))
        {
            return CheckBrackets(scheme, text);
        }

        if (IPv6Text.WithoutBrackets(text) is { } rightForm)
        {
            return new Mistake(
                0,
                "An IPv6 address without brackets cannot be told from its port.",
                $"Write {rightForm}.");
        }

        if (text.Length == 0 || text.StartsWith(':'))
        {
            return new Mistake(
                0, "The host is missing.", $"{RightForm(scheme)} For every address of this machine: 0.0.0.0.");
        }

        return text.Contains(':', StringComparison.Ordinal) ? null : PortIsMissing(scheme, text);
    }

    private static Mistake? CheckBrackets(string scheme, string text)
    {
        var close = text.IndexOf(']', StringComparison.Ordinal);
        if (close < 0)
        {
            return new Mistake(0, "This bracket is never closed.", IPv6Text.RightForm);
        }

        if (!HostText.IsIPv6(text[..close]))
        {
            return new Mistake(1, "Between brackets stands an IPv6 address, and nothing else.", IPv6Text.RightForm);
        }

        if (close + 1 == text.Length)
        {
            return PortIsMissing(scheme, text);
        }

        return text[close + 1] == ':'
            ? null
            : new Mistake(close + 1, "After the bracket come a colon and the port.", IPv6Text.RightForm);
    }

    private static Mistake PortIsMissing(string scheme, string text) => PortText.IsNumber(text)
        ? new Mistake(text.Length, "The port is missing.", "Write a colon in front of a port, such as :7342.")
        : new Mistake(text.Length, "The port is missing.", RightForm(scheme));

    private static (string Host, string Port) Split(string text, int start)
    {
        if (text[start] == '[')
        {
            var close = text.IndexOf(']', start);
            return (text[(start + 1)..close], text[(close + "]:".Length)..]);
        }

        var colon = text.IndexOf(':', start);
        return (text[start..colon], text[(colon + 1)..]);
    }
}
