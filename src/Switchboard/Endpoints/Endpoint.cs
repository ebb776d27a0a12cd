using System.Diagnostics.CodeAnalysis;
using Switchboard.Endpoints;

namespace Switchboard;

/// <summary>
/// An address as one string: <c>tcp://localhost:7342</c>, <c>unix:/run/app.sock</c>, <c>pipe:bank</c>; in short,
/// <c>:7342</c> is TCP on this machine only and <c>example.com:7342</c> is TCP. Equal addresses are equal values.
/// </summary>
public abstract record Endpoint : IParsable<Endpoint>
{
    // What Parse can read is the whole set of endpoints; a kind from outside could be printed but never read back.
    private protected Endpoint()
    {
    }

    /// <summary>The word before the first colon, in lower case; a hyphen for the standard streams.</summary>
    public abstract string Scheme { get; }

    private protected abstract string AfterScheme { get; }

    /// <summary>Reads an endpoint. Nothing is looked up: a host's name stays a name.</summary>
    /// <exception cref="EndpointFormatException">
    /// The text is not an endpoint; the message points at the place and shows the right form.
    /// </exception>
    public static Endpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var endpoint, out var error) ? endpoint : throw error;
    }

    /// <summary>Reads an endpoint as <see cref="Parse"/> does, but hands the error out; never throws.</summary>
    public static bool TryParse(
        [NotNullWhen(true)] string? text,
        [NotNullWhen(true)] out Endpoint? endpoint,
        [NotNullWhen(false)] out EndpointFormatException? error)
    {
        var mistake = EndpointText.Read(text ?? "", out endpoint);
        error = mistake is null ? null : new EndpointFormatException(text ?? "", mistake);
        return endpoint is not null && mistake is null;
    }

    /// <summary>Lets a string stand where an endpoint is asked for; fails as <see cref="Parse"/>.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Parse is the named way.")]
    public static implicit operator Endpoint(string text) => Parse(text);

    // Explicit, because a public overload that takes a culture would make CA1305 ask every caller for one.
    [SuppressMessage("Design", "CA1033", Justification = "Only this assembly derives from it.")]
    static Endpoint IParsable<Endpoint>.Parse(string s, IFormatProvider? provider) => Parse(s);

    [SuppressMessage("Design", "CA1033", Justification = "Only this assembly derives from it.")]
    static bool IParsable<Endpoint>.TryParse(
        [NotNullWhen(true)] string? s,
        IFormatProvider? provider,
        [MaybeNullWhen(false)] out Endpoint result) => TryParse(s, out result, out _);

    /// <summary>The one canonical spelling, which <see cref="Parse"/> reads back as an equal endpoint.</summary>
    public sealed override string ToString() => AfterScheme.Length > 0 ? $"{Scheme}:{AfterScheme}" : Scheme;
}
