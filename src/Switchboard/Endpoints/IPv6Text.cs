using System.Globalization;
using System.Net;

namespace Switchboard.Endpoints;

/// <summary>An IPv6 address without brackets, with or without a scope: <c>::1</c>, <c>fe80::1%eth0</c>.</summary>
internal static class IPv6Text
{
    /// <summary>What to write instead.</summary>
    public const string RightForm = "Write an IPv6 address in brackets, such as tcp://[::1]:7342.";

    /// <summary>Finds what keeps the text from being an IPv6 address.</summary>
    public static Mistake? Check(string text)
    {
        var (address, scope) = Split(text);
        if (Parse(address) is null)
        {
            return new Mistake(0, $"{Excerpt.Quote(text)} is not an IPv6 address.", RightForm);
        }

        return scope is null ? null : CheckScope(scope)?.After(address.Length + 1);
    }

    /// <summary>The shortest text of an address without mistakes; IPv4-mapped addresses become IPv4.</summary>
    public static string Canonical(string text)
    {
        var (addressText, scope) = Split(text);
        var address = Parse(addressText)!;
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        // An interface's name is kept as it is: names have case, and looking it up would tie the text to this machine.
        return uint.TryParse(scope, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new IPAddress(address.GetAddressBytes(), number).ToString()
            : scope is null ? address.ToString() : $"{address}%{scope}";
    }

    /// <summary>
    /// The right form of <c>address:port</c> or of a lone address, if the text is one without brackets; else null.
    /// </summary>
    public static string? WithoutBrackets(string text)
    {
        var lastColon = text.LastIndexOf(':');
        if (lastColon < 0)
        {
            return null;
        }

        var (host, port) = (text[..lastColon], text[(lastColon + 1)..]);
        if (Check(host) is null && PortText.Check(port) is null)
        {
            return $"tcp://[{host}]:{port}";
        }

        return Check(text) is null ? $"tcp://[{text}]:7342" : null;
    }

    private static (string Address, string? Scope) Split(string text)
    {
        var percent = text.IndexOf('%', StringComparison.Ordinal);
        return percent < 0 ? (text, null) : (text[..percent], text[(percent + 1)..]);
    }

    // The framework also takes brackets, ports and prefix lengths here: hence the look at the characters.
    private static IPAddress? Parse(string text) =>
        text.Contains(':', StringComparison.Ordinal)
        && text.All(character => char.IsAsciiHexDigit(character) || character is ':' or '.')
        && IPAddress.TryParse(text, out var address)
            ? address
            : null;

    private static Mistake? CheckScope(string scope)
    {
        var junk = 0;
        while (junk < scope.Length && IsScopeCharacter(scope[junk]))
        {
            junk++;
        }

        return scope.Length > 0 && junk == scope.Length
            ? null
            : new Mistake(
                junk,
                "After the percent sign stands a network interface: its name or its number.",
                "Write it as in tcp://[fe80::1%eth0]:7342.");
    }

    private static bool IsScopeCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.';
}
