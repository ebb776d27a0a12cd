using System.Globalization;
using System.Net.Http.Headers;

namespace Switchboard.Cli.Fetching;

/// <summary>From where on a file is asked for, and by what it is known to be the same file.</summary>
/// <param name="Bytes">How many are here already.</param>
/// <param name="Validator">A strong entity tag with its quotes, or a date.</param>
internal sealed record ResumePoint(long Bytes, string Validator)
{
    /// <summary>By what this answer's file can be known later; null if by nothing.</summary>
    public static string? ValidatorOf(HttpResponseMessage response)
    {
        if (response.Headers.ETag is { } tag)
        {
            return tag.IsWeak ? null : tag.Tag;
        }

        // Of two changes within one second the date would tell nothing: RFC 9110, section 8.8.2.2.
        var isOld = response.Content.Headers.LastModified is { } changed
            && response.Headers.Date is { } now && now - changed >= TimeSpan.FromSeconds(1);
        return isOld
            ? response.Content.Headers.LastModified!.Value.ToString("r", CultureInfo.InvariantCulture)
            : null;
    }

    public void AddTo(HttpRequestHeaders headers)
    {
        headers.Range = new RangeHeaderValue(Bytes, to: null);
        headers.TryAddWithoutValidation("If-Range", Validator);
    }
}
