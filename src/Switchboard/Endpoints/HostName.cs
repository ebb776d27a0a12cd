using System.Buffers;
using System.Globalization;
using System.Text;

namespace Switchboard.Endpoints;

/// <summary>A host's name, or an IPv4 address, which is spelled with the same characters.</summary>
internal static class HostName
{
    private const int MaxNameLength = 253;
    private const int MaxLabelLength = 63;
    private const string RightForm = "A name is letters, digits, hyphens and dots, as in tcp://example.com:80.";

    private const string AsciiForm = "Write it in its ASCII form, such as tcp://xn--bcher-kva.example:80.";

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    // The underscore is not in the rules for host names, but resolvers take it and container names have it.
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Finds what keeps the text from being a name or an IPv4 address.</summary>
    public static Mistake? Check(string host)
    {
        if (host.Length == 0)
        {
            return new Mistake(0, "The host is missing.", HostPortText.RightForm("tcp"));
        }

        // Checked before the ASCII form is computed, which takes time that grows with the square of the length.
        if (CheckLength(host) is { } tooLong)
        {
            return tooLong;
        }

        if (ToAscii(host) is not { } ascii)
        {
            return new Mistake(0, $"{Excerpt.Quote(host)} does not stand for exactly one ASCII name.", AsciiForm);
        }

        // Checked as DNS will see it: the ASCII form is longer, and the limits are about that.
        var mistake = IPv4Text.IsMeant(ascii) ? IPv4Text.Check(ascii) : CheckLength(ascii) ?? CheckLabels(ascii);
        return Ascii.IsValid(host) || mistake is null ? mistake : mistake with { Position = 0 };
    }

    /// <summary>The name in lower case, a Unicode name in its ASCII form (xn--…); null if it has none.</summary>
    public static string? ToAscii(string host)
    {
        var lower = host.ToLowerInvariant();
        if (Ascii.IsValid(lower))
        {
            return lower;
        }

        try
        {
            // How far a name is folded into another depends on the framework's globalization mode. Only names that
            // need no folding mean the same host in every mode; full-width digits, for one, would become an address.
            var ascii = Idn.GetAscii(lower);
            return Idn.GetUnicode(ascii) == lower ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether it is <c>localhost</c> or under it. Such names are loopback everywhere (RFC 6761).</summary>
    public static bool IsLocalhost(string host)
    {
        var name = host.AsSpan().TrimEnd('.');
        return name is "localhost" || name.EndsWith(".localhost");
    }

    // A dot at the end says that the name is complete; it is not part of its length.
    private static Mistake? CheckLength(string name) => name.AsSpan().TrimEnd('.').Length <= MaxNameLength
        ? null
        : new Mistake(MaxNameLength, $"A name has at most {MaxNameLength} characters.", "Use a shorter name.");

    private static Mistake? CheckLabels(string name)
    {
        var length = name.EndsWith('.') ? name.Length - 1 : name.Length;
        var start = 0;
        foreach (var label in name[..length].Split('.'))
        {
            if (CheckLabel(label)?.After(start) is { } mistake)
            {
                return mistake;
            }

            start += label.Length + 1;
        }

        return null;
    }

    private static Mistake? CheckLabel(string label)
    {
        if (label.Length == 0)
        {
            return new Mistake(0, "Something is missing between two dots.", RightForm);
        }

        if (label.Length > MaxLabelLength)
        {
            return new Mistake(MaxLabelLength, $"A part of a name has at most {MaxLabelLength} characters.", RightForm);
        }

        var junk = label.AsSpan().IndexOfAnyExcept(Allowed);
        if (junk >= 0)
        {
            return new Mistake(junk, $"{Excerpt.Quote(label[junk..(junk + 1)])} cannot be in a name.", RightForm);
        }

        return label[0] == '-' ? HyphenAtAnEnd(0) : label[^1] == '-' ? HyphenAtAnEnd(label.Length - 1) : null;
    }

    private static Mistake HyphenAtAnEnd(int position) =>
        new(position, "A part of a name neither begins nor ends with a hyphen.", RightForm);
}
