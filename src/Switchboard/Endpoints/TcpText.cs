namespace Switchboard.Endpoints;

/// <summary>Reads host and port: <c>name:80</c>, <c>10.0.0.7:80</c>, <c>[::1]:80</c>; in short <c>:80</c>.</summary>
internal static class TcpText
{
    /// <summary>What to write instead.</summary>
    public const string RightForm = "Write tcp://host:port, such as tcp://localhost:7342.";

    /// <summary>Reads <c>:port</c>, which is loopback: who wants to be reached from outside types an address.</summary>
    public static Mistake? ReadShort(string text, out Endpoint? endpoint)
    {
        endpoint = null;
        if (!text.StartsWith(':') || IPv6Text.WithoutBrackets(text) is not null)
        {
            return Read(text, 0, out endpoint);
        }

        var mistake = PortText.Check(text[1..])?.After(1);
        if (mistake is null)
        {
            endpoint = new TcpEndpoint("localhost", PortText.Value(text[1..]));
        }

        return mistake;
    }

    /// <summary>Reads <c>host:port</c>, which begins at <paramref name="start"/> and must end the text.</summary>
    public static Mistake? Read(string text, int start, out Endpoint? endpoint)
    {
        endpoint = null;
        if ((CheckCharacters(text, start) ?? CheckShape(text[start..])?.After(start)) is { } misshapen)
        {
            return misshapen;
        }

        var (host, port) = Split(text, start);
        var portStart = text.Length - port.Length;
        var hostStart = portStart - host.Length - (text[start] == '[' ? "]:" : ":").Length;
        var mistake = HostText.Check(host)?.After(hostStart) ?? PortText.Check(port)?.After(portStart);
        if (mistake is null)
        {
            endpoint = new TcpEndpoint(host, PortText.Value(port));
        }

        return mistake;
    }

    private static Mistake? CheckCharacters(string text, int start)
    {
        for (var at = start; at < text.Length; at++)
        {
            if (CheckCharacter(text[at], at) is { } mistake)
            {
                return mistake;
            }
        }

        return null;
    }

    private static Mistake? CheckCharacter(char character, int at) => character switch
    {
        '@' => new Mistake(at, "A TCP endpoint has no user in front of its host.", RightForm),
        '/' or '\\' or '?' or '#' => new Mistake(at, "A TCP endpoint ends with its port.", RightForm),
        _ when char.IsWhiteSpace(character) => PlainText.WhiteSpace(at),
        _ => null,
    };

    private static Mistake? CheckShape(string text)
    {
        if (text.StartsWith('['))
        {
            return CheckBrackets(text);
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
            return new Mistake(0, "The host is missing.", $"{RightForm} For every address of this machine: 0.0.0.0.");
        }

        return text.Contains(':', StringComparison.Ordinal) ? null : PortIsMissing(text);
    }

    private static Mistake? CheckBrackets(string text)
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
            return PortIsMissing(text);
        }

        return text[close + 1] == ':'
            ? null
            : new Mistake(close + 1, "After the bracket come a colon and the port.", IPv6Text.RightForm);
    }

    private static Mistake PortIsMissing(string text) => PortText.IsNumber(text)
        ? new Mistake(text.Length, "The port is missing.", "Write a colon in front of a port, such as :7342.")
        : new Mistake(text.Length, "The port is missing.", RightForm);

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
